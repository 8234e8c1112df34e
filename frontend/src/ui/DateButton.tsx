/** A plain date as a compact button; opens the usual choices and the browser's own date field. */
import { Popover } from "@mantine/core";
import { type ReactNode, useState } from "react";
import styles from "./DateButton.module.css";
import { plainDate } from "./time/format";

interface Props {
  /** "Due": names the button. */
  label: string;
  /** 2026-10-03, or nothing. */
  value: string | null;
  placeholder: string;
  onChange: (date: string | null) => void;
  reason?: string | undefined;
  /** Looks like the fields around it, in a form. */
  boxed?: boolean;
  /** What stands on the button for the date; the date itself, if nothing is given. */
  children?: ReactNode;
}

const SOON = [
  { word: "Tomorrow", days: 1 },
  { word: "In a week", days: 7 },
  { word: "In two weeks", days: 14 },
  { word: "In a month", days: 30 },
];

function inDays(days: number): string {
  const now = new Date();
  const then = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + days));
  return then.toISOString().slice(0, 10);
}

export function DateButton({
  label,
  value,
  placeholder,
  onChange,
  reason,
  boxed = false,
  children,
}: Props) {
  const [opened, setOpened] = useState(false);
  const choose = (date: string | null) => {
    setOpened(false);
    if (date !== value) onChange(date);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withRoles>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          data-boxed={boxed}
          title={reason ?? label}
          disabled={reason !== undefined}
          onClick={() => setOpened(!opened)}
        >
          <span className="visually-hidden">{label}: </span>
          {value ? (
            (children ?? plainDate(value))
          ) : (
            <span className={styles.none}>{placeholder}</span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.choices} aria-label={label}>
        {SOON.map(({ word, days }) => (
          <button
            key={days}
            type="button"
            className={styles.choice}
            onClick={() => choose(inDays(days))}
          >
            {word}
            <span className={styles.day}>{plainDate(inDays(days))}</span>
          </button>
        ))}
        <input
          type="date"
          className={styles.field}
          aria-label={label}
          defaultValue={value ?? ""}
          onKeyDown={(event) => {
            if (event.key === "Enter") choose(event.currentTarget.value || null);
          }}
          onBlur={(event) => {
            if (event.currentTarget.value && event.currentTarget.value !== value)
              choose(event.currentTarget.value);
          }}
        />
        {value && (
          <button type="button" className={styles.choice} onClick={() => choose(null)}>
            No date
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
