/** Why a line was not saved, with ways on that all keep what was typed. */
import { Button } from "@mantine/core";
import { CopyButton } from "../../../ui/CopyButton";
import { ErrorNote } from "../../../ui/ErrorNote";
import { FieldsConflict } from "./FieldsConflict";
import styles from "./InlineText.module.css";

interface Props {
  label: string;
  typed: string;
  error: unknown;
  /** What somebody else wrote in its place meanwhile, if that is what stood in the way. */
  theirs: string | null;
  /** Sends it again; `base`: knowingly over this text of theirs. */
  onSend: (base?: string) => void;
  onLeave: () => void;
}

export function InlineProblem({ label, typed, error, theirs, onSend, onLeave }: Props) {
  if (theirs !== null)
    return (
      <FieldsConflict
        rows={[{ word: label, mine: typed, theirs }]}
        onMine={() => onSend(theirs)}
        onTheirs={onLeave}
      />
    );
  return (
    <span className={styles.problem}>
      <ErrorNote error={error} />
      <span className={styles.buttons}>
        <Button size="xs" onClick={() => onSend()}>
          Try again
        </Button>
        <CopyButton text={typed} what={label.toLowerCase()} />
        <Button size="xs" variant="subtle" color="gray" onClick={onLeave}>
          Leave it as it was
        </Button>
      </span>
    </span>
  );
}
