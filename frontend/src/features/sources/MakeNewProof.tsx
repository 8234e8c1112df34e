/** Exchanges an address, a routing key or a secret for a new one. */
import { Button } from "@mantine/core";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { say } from "../../ui/toasts";
import styles from "./SourcePage.module.css";
import { useConfirmedChange } from "./useConfirmedChange";

interface Props {
  source: Source;
  /** "address", "secret" */
  what: string;
  onMade: (secret: string | null) => void;
}

export function MakeNewProof({ source, what, onMade }: Props) {
  const { mutate, ask, close, dialog } = useConfirmedChange(source.id);
  const make = () =>
    mutate(
      { rotate_secret: true },
      {
        onSuccess: ({ secret }) => {
          close();
          say(`The new ${what} is shown above; both hold for 48 hours.`);
          onMade(secret);
        },
      },
    );
  return (
    <div className={styles.buttons}>
      <Button variant="default" onClick={ask}>
        Make a new {what}
      </Button>
      <ConfirmDialog
        {...dialog}
        title={`Make a new ${what}?`}
        confirm={`Make a new ${what}`}
        onConfirm={make}
      >
        Both hold for 48 hours, so that there is time to change it at the sender; the present one
        can be ended before that. One that was exchanged before the present one ends now.
      </ConfirmDialog>
    </div>
  );
}
