/** The rules of a source as sentences with choices in them, tried on a message that came. */
import { Button, Radio } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Rules, Source } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { say } from "../../ui/toasts";
import { useChangeSource } from "./changes";
import { OpenRules } from "./OpenRules";
import styles from "./Rules.module.css";
import {
  type RulesForm as Form,
  labelsProblem,
  minutesProblem,
  sentences,
  toForm,
  toRules,
} from "./rules";
import { SavedMeanwhile } from "./SavedMeanwhile";
import { Trial } from "./Trial";
import { useSaved } from "./useSaved";

interface Props {
  source: Source;
  onClose: () => void;
}

export function RulesForm({ source, onClose }: Props) {
  const change = useChangeSource(source.id);
  const form = useForm<Form>({
    initialValues: toForm(source.rules),
    validate: {
      labels: (_, values) => labelsProblem(values),
      minutes: (_, values) => minutesProblem(values),
    },
  });
  const { clashes, takeSaved } = useSaved(form, source.rules, toForm);
  const { values } = form;
  const sound = labelsProblem(values) === null && minutesProblem(values) === null;
  const submit = form.onSubmit((said) =>
    change.mutate(
      { rules: toRules(said) },
      {
        onSuccess: () => {
          say("Saved. The next message goes by these rules; what came before can be replayed.");
          onClose();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <Radio.Group label="When an alert comes in" {...form.getInputProps("does")}>
        <div className={styles.choices}>
          <Radio value="open" label="Open an incident, or add to one" data-autofocus autoFocus />
          <Radio value="note" label="Only note it: list the alert, and open nothing" />
        </div>
      </Radio.Group>
      {values.does === "open" && <OpenRules form={form} />}
      {sound && <Said rules={toRules(values)} />}
      {clashes && !change.isPending && <SavedMeanwhile onTake={takeSaved} />}
      <ErrorNote error={change.error} />
      <div className={styles.buttons}>
        <Button type="submit" loading={change.isPending}>
          Save rules
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </div>
      <Trial
        source={source}
        what="These rules"
        settings={sound ? { rules: toRules(values) } : null}
      />
      <LeavingGuard unsaved={form.isDirty() && !change.isSuccess} />
    </form>
  );
}

function Said({ rules }: { rules: Rules }) {
  return (
    <p className={styles.said} aria-live="polite">
      {sentences(rules).join(" ")}
    </p>
  );
}
