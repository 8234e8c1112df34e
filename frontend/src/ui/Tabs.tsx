/** A row of ways to look at the same list; at most one is on. */
import styles from "./Tabs.module.css";

interface Props<T extends string> {
  /** What they choose between, for readers. */
  label: string;
  tabs: readonly { value: T; word: string }[];
  value: T | null;
  onChange: (value: T) => void;
}

export function Tabs<T extends string>({ label, tabs, value, onChange }: Props<T>) {
  return (
    <fieldset className={styles.tabs}>
      <legend className="visually-hidden">{label}</legend>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          aria-pressed={tab.value === value}
          onClick={() => onChange(tab.value)}
        >
          {tab.word}
        </button>
      ))}
    </fieldset>
  );
}
