/** Two texts in one: what was added is underlined, what was removed is struck through. */
import styles from "./DifferenceText.module.css";
import type { Piece } from "./types";

export function DifferenceText({ pieces }: { pieces: readonly Piece[] }) {
  if (pieces.every(({ op }) => op === "keep"))
    return <p className={styles.same}>Both read the same.</p>;
  let at = 0;
  return (
    <div className={styles.text}>
      {pieces.map(({ op, text }) => {
        const key = `${at} ${op}`;
        at += text.length;
        if (op === "keep") return <span key={key}>{text}</span>;
        const Mark = op === "add" ? "ins" : "del";
        return (
          <Mark key={key}>
            <span className="visually-hidden">{op === "add" ? "[added: " : "[removed: "}</span>
            {text}
            <span className="visually-hidden">]</span>
          </Mark>
        );
      })}
    </div>
  );
}
