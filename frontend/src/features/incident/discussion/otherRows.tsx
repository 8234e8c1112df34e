/** Rows of the outline that are no whole why: one told elsewhere, and one on its way. */
import { ROW } from "../../../ui/keyboard/useRowKeys";
import type { Outbox, Unsent } from "../api/useOutbox";
import { focusRow } from "../parts/rows";
import { UnsentNote } from "../parts/UnsentNote";
import type { Why } from "../types";
import styles from "./Outline.module.css";
import type { OutlineRow } from "./outline";
import type { NewWhy } from "./useNewWhys";

interface ReferenceProps {
  row: OutlineRow;
  /** Where it is told in full. */
  number: string | undefined;
  why: Why | undefined;
}

export function Reference({ row, number, why }: ReferenceProps) {
  return (
    <div
      className={styles.node}
      style={{ "--depth": row.depth } as React.CSSProperties}
      data-reference
    >
      <span className={styles.number}>{row.number}</span>
      <div className={styles.content}>
        <button
          type="button"
          className={styles.reference}
          onClick={() => focusRow("why", row.id)}
          {...ROW}
        >
          also {number}: {why?.question}
        </button>
      </div>
    </div>
  );
}

interface UnsentProps {
  row: OutlineRow;
  item: Unsent<NewWhy>;
  outbox: Outbox<NewWhy>;
}

export function UnsentWhy({ row, item, outbox }: UnsentProps) {
  return (
    <div className={styles.node} style={{ "--depth": row.depth } as React.CSSProperties}>
      <span className={styles.number}>{row.number}</span>
      <div className={styles.content}>
        <h3 className={styles.question}>{item.body.question}</h3>
        <UnsentNote
          item={item}
          text={item.body.question}
          onRetry={outbox.retry}
          onDiscard={outbox.discard}
        />
      </div>
    </div>
  );
}
