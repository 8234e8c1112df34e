/** What proves a sender: a secret that it made is entered here, one of ours is exchanged. */
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type { Sender, Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/toasts";
import { useChangeSource } from "./api";
import styles from "./SourcePage.module.css";
import { SECRET, SECRET_RULE } from "./secret";
import { givesSecret, proofName, takesSecret } from "./senders";

interface Props {
  source: Source;
  sender: Sender;
  /** A new one was made, which can be shown this once. */
  onMade: (secret: string | null) => void;
}

export function Proof({ source, sender, onMade }: Props) {
  return (
    <>
      {takesSecret(sender) && <EnterSecret source={source} sender={sender} />}
      {(sender.signing !== "always" || givesSecret(sender)) && (
        <MakeNew source={source} sender={sender} onMade={onMade} />
      )}
    </>
  );
}

function EnterSecret({ source, sender }: { source: Source; sender: Sender }) {
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
    }),
  );
  return (
    <form onSubmit={submit} noValidate className={styles.words}>
      <div className={styles.line}>
        <TextInput
          label={`Secret from ${sender.label}`}
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
      <ErrorNote error={change.error} />
    </form>
  );
}

function MakeNew({ source, sender, onMade }: Props) {
  const change = useChangeSource(source.id);
  const [asking, setAsking] = useState(false);
  // A sender that need not sign is known by its address all the same.
  const what = sender.signing === "optional" ? "address" : proofName(sender);
  const close = () => {
    setAsking(false);
    change.reset();
  };
  return (
    <div className={styles.buttons}>
      <Button variant="default" onClick={() => setAsking(true)}>
        Make a new {what}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Make a new ${what}?`}
        confirm={`Make a new ${what}`}
        pending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={() =>
          change.mutate(
            { rotate_secret: true },
            {
              onSuccess: ({ secret }) => {
                close();
                onMade(secret);
              },
            },
          )
        }
      >
        The present one holds for 48 hours more, so that there is time to change it at the sender.
      </ConfirmDialog>
    </div>
  );
}
