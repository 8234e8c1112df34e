/** The proof of a sender: entered when the sender made it, or exchanged for a new one. */
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/toasts";
import { useChangeSource } from "./api";
import styles from "./SourcePage.module.css";

interface Props {
  source: Source;
  /** A new one was made, which can be shown this once. */
  onMade: (secret: string | null) => void;
}

export function SigningSecret({ source, onMade }: Props) {
  return source.kind === "pagerduty_v3" ? (
    <EnterSecret source={source} />
  ) : (
    <RotateSecret source={source} onMade={onMade} />
  );
}

function EnterSecret({ source }: { source: Source }) {
  const change = useChangeSource(source.id);
  const form = useForm({
    initialValues: { secret: "" },
    validate: {
      secret: (secret) =>
        /^[\x21-\x7e]{16,200}$/.test(secret) ? null : "16 characters or more, without spaces.",
    },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset();
        say(
          "Messages signed with the new secret are accepted. The one before holds for 48 hours more.",
        );
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate className={styles.words}>
      <TextInput
        label="Signing secret from PagerDuty"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps("secret")}
      />
      <ErrorNote error={change.error} />
      <div className={styles.buttons}>
        <Button
          type="submit"
          variant="default"
          loading={change.isPending}
          disabled={!form.isDirty()}
        >
          Save secret
        </Button>
      </div>
    </form>
  );
}

function RotateSecret({ source, onMade }: Props) {
  const change = useChangeSource(source.id);
  const [asking, setAsking] = useState(false);
  const what =
    source.kind === "pagerduty_events_v2" ? "routing key" : source.signed ? "secret" : "address";
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
