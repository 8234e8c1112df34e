/** How much a version changed of the one before, in characters. */
import styles from "./Amount.module.css";

export function Amount({ added, removed }: { added: number; removed: number }) {
  return (
    <span className={styles.amount}>
      <span aria-hidden="true">{amount(added, removed)}</span>
      <span className="visually-hidden">
        {added} characters added, {removed} removed
      </span>
    </span>
  );
}

function amount(added: number, removed: number): string {
  const parts = [added > 0 && `+${added}`, removed > 0 && `−${removed}`].filter(Boolean);
  return parts.join(" ") || "±0";
}
