/** Where the title and the rest stand in the payloads of a sender that nobody described yet. */
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { isProblem } from "../../api/problem";
import type { AlertState, Source } from "../../api/types";
import { SEVERITIES, SEVERITY_WORDS } from "../../domain/severity";
import { ErrorNote } from "../../ui/ErrorNote";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { Notice } from "../../ui/Notice";
import { say } from "../../ui/toasts";
import { useChangeSource } from "./changes";
import { FIELD_WORDS, FIELDS, type MappingForm, toForm, toMapping, word } from "./mapping";
import { SavedMeanwhile } from "./SavedMeanwhile";
import styles from "./SourcePage.module.css";
import { Trial } from "./Trial";
import { useSaved } from "./useSaved";
import { WordList } from "./WordList";

const STATE_WORDS: Record<AlertState, string> = {
  open: "It fires",
  acknowledged: "Somebody is on it",
  resolved: "It is over",
};
const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));
const STATE_CHOICES = (Object.keys(STATE_WORDS) as AlertState[]).map((value) => ({
  value,
  label: STATE_WORDS[value],
}));

/** What the server says of single expressions; null when it speaks of something else. */
function pointed(error: unknown): Record<string, string> | null {
  if (!isProblem(error)) return null;
  const said = FIELDS.flatMap((field) => {
    const detail = error.at(`/mapping/${field}`);
    return detail ? [[field, detail] as const] : [];
  });
  return said.length > 0 ? Object.fromEntries(said) : null;
}

export function MappingEditor({ source }: { source: Source }) {
  const change = useChangeSource(source.id);
  const form = useForm<MappingForm>({
    initialValues: toForm(source.mapping),
    validate: { title: (title) => (title.trim() ? null : "The one that is needed.") },
  });
  const { clashes, takeSaved } = useSaved(form, source.mapping, toForm);
  const submit = form.onSubmit((values) =>
    change.mutate(
      { mapping: toMapping(values) },
      {
        onSuccess: () => {
          form.resetDirty(values);
          say("Saved. What came before can be replayed under “What came in”.");
        },
        onError: (error) => form.setErrors(pointed(error) ?? {}),
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className={styles.mapping}>
      {source.mapping === null && (
        <Notice>
          Until it is said where the title stands, messages are kept but open nothing.
        </Notice>
      )}
      <p className={styles.dim}>
        Each is a <a href="https://jmespath.org">JMESPath</a> expression: <code>check.name</code>{" "}
        finds “Checkout” in <code>{'{"check": {"name": "Checkout"}}'}</code>.
      </p>
      <div className={styles.fields}>
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={FIELD_WORDS[field].label}
            description={FIELD_WORDS[field].hint}
            placeholder={FIELD_WORDS[field].example}
            required={field === "title"}
            withAsterisk={false}
            spellCheck={false}
            autoComplete="off"
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...form.getInputProps(field)}
          />
        ))}
      </div>
      <WordList
        legend="Their words for severity"
        words={form.values.severities}
        choices={SEVERITY_CHOICES}
        onChange={(words) => form.setFieldValue("severities", words)}
        onAdd={() => form.insertListItem("severities", word("", "sev1"))}
      />
      <WordList
        legend="Their words for state"
        words={form.values.states}
        choices={STATE_CHOICES}
        onChange={(words) => form.setFieldValue("states", words)}
        onAdd={() => form.insertListItem("states", word("", "resolved"))}
      />
      {clashes && !change.isPending && <SavedMeanwhile onTake={takeSaved} />}
      <ErrorNote error={pointed(change.error) ? null : change.error} />
      <div className={styles.buttons}>
        <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
          Save mapping
        </Button>
      </div>
      <Trial
        source={source}
        what="This mapping"
        settings={form.values.title.trim() ? { mapping: toMapping(form.values) } : null}
        withBody
      />
      <LeavingGuard unsaved={form.isDirty()} />
    </form>
  );
}
