/** Room for what is still loading, in its own size; shows only after 150 ms. */
import styles from "./states.module.css";

interface Props {
  rows: number;
  /** What is being waited for, for readers. */
  label: string;
}

const WIDTHS = ["46%", "62%", "38%", "54%", "70%"];

export function Placeholder({ rows, label }: Props) {
  return (
    <div className={styles.placeholder} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a placeholder are all alike
        <div key={row} className={styles.row}>
          <span className={styles.dot} />
          <span className={styles.bar} style={{ width: WIDTHS[row % WIDTHS.length] }} />
          <span className={styles.tail} />
        </div>
      ))}
    </div>
  );
}
