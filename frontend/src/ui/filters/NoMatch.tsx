/** Filters that leave nothing: repeats them as chips to take away one by one. */
import { Button } from "@mantine/core";
import { EmptyState } from "../EmptyState";
import { Icon } from "../Icon";
import { chipText, type Filters, withoutChip } from "./language";
import styles from "./NoMatch.module.css";

interface Props {
  title: string;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

export function NoMatch({ title, filters, onChange }: Props) {
  const { chips, words } = filters;
  return (
    <EmptyState
      title={title}
      action={
        <Button variant="default" onClick={() => onChange({ chips: [], words: "" })}>
          Take all away
        </Button>
      }
    >
      <p>Take something away to see more:</p>
      <ul className={styles.chips}>
        {chips.map((chip) => (
          <li key={chipText(chip)}>
            <Removable
              text={chipText(chip)}
              onRemove={() => onChange({ ...filters, chips: withoutChip(chips, chip) })}
            />
          </li>
        ))}
        {words && (
          <li>
            <Removable text={`“${words}”`} onRemove={() => onChange({ ...filters, words: "" })} />
          </li>
        )}
      </ul>
    </EmptyState>
  );
}

function Removable({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <button type="button" className={styles.chip} onClick={onRemove} aria-label={`Remove ${text}`}>
      {text}
      <Icon name="close" size={12} />
    </button>
  );
}
