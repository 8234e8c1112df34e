/** Where a message of a sender is pasted. */
import { Textarea } from "@mantine/core";
import styles from "./SourcePage.module.css";

/** What comes with a message of which nothing but the body is known. */
export const JSON_HEADERS = { "content-type": "application/json" };

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function MessageField({ label, value, onChange }: Props) {
  return (
    <Textarea
      aria-label={label}
      className={styles.payload}
      placeholder='{"…": "…"}'
      autosize
      minRows={5}
      maxRows={18}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
