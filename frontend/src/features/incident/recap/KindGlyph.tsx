/** The shape of an entry's kind: the same on the strip and in the list. */
import type { EventKind } from "../types";
import styles from "./KindGlyph.module.css";
import { EVENT_LOOKS } from "./kinds";

export function KindGlyph({ kind }: { kind: EventKind }) {
  return (
    <svg
      width={12}
      height={12}
      viewBox="-6 -6 12 12"
      className={styles.glyph}
      data-kind={kind}
      aria-hidden="true"
    >
      <path d={EVENT_LOOKS[kind].shape} />
    </svg>
  );
}
