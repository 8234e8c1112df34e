/** One of the agenda's three parts: its letter, its name, what belongs there, and what it holds. */
import type { ReactNode } from "react";
import { SectionBoundary } from "../../../ui/SectionBoundary";
import type { Part } from "./parts";
import styles from "./SectionFrame.module.css";

interface Props {
  part: Part;
  actions?: ReactNode;
  children: ReactNode;
}

export function SectionFrame({ part, actions, children }: Props) {
  return (
    <section id={part.id} aria-labelledby={`${part.id}-heading`} className={styles.section}>
      <div className={styles.heading}>
        <span className={styles.letter} aria-hidden="true">
          {part.letter}
        </span>
        <h2 id={`${part.id}-heading`} tabIndex={-1}>
          {part.word}
        </h2>
        {actions && <div className={styles.actions}>{actions}</div>}
        <p className={styles.lead}>{part.lead}</p>
      </div>
      <SectionBoundary>{children}</SectionBoundary>
    </section>
  );
}
