/** Takes the secret that a sender made, or that people gave it. */
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { beyondFields, isProblem } from "../../api/problem";
import type { Sender, Source } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/toasts";
import { useChangeSource } from "./changes";
import styles from "./SourcePage.module.css";
import { SECRET, SECRET_RULE } from "./secret";
import { makesSecret } from "./senders";

function described(source: Source, sender: Sender): string {
  if (makesSecret(sender))
    return "The one that it showed you. One entered before is accepted beside it for 48 hours.";
  if (source.signed) return "There is one. A new one is accepted beside it for 48 hours.";
  return "Without one, messages are known by the address alone.";
}

export function EnterSecret({ source, sender }: { source: Source; sender: Sender }) {
  const change = useChangeSource(source.id);
  const form = useForm({
    initialValues: { secret: "" },
    validate: { secret: (secret) => (SECRET.test(secret) ? null : SECRET_RULE) },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        say("Messages signed with this secret are accepted from now on.");
      },
      onError: (error) => {
        if (isProblem(error)) form.setErrors(error.byField());
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate className={styles.words}>
      <div className={styles.line}>
        <TextInput
          label={`Secret of ${sender.label}`}
          description={described(source, sender)}
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps("secret")}
        />
        <Button
          type="submit"
          variant="default"
          loading={change.isPending}
          disabled={!form.isDirty()}
        >
          Save secret
        </Button>
      </div>
      <ErrorNote error={beyondFields(change.error, ["secret"])} />
    </form>
  );
}
