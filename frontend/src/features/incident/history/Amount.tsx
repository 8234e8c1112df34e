/** How much a version changed of the one before, in characters. */
import styles from "./Amount.module.css";

export function Amount({ added, removed }: { added: number; removed: number }) {
  return (
    <span className={styles.amount}>
      <span aria-hidden="true">
        +{added} −{removed}
      </span>
      <span className="visually-hidden">
        {added} characters added, {removed} removed
      </span>
    </span>
  );
}
