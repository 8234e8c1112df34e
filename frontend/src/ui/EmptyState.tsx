/** What will stand here, one action, and the ghost of the filled screen; never made-up data. */
import type { ReactNode } from "react";
import styles from "./states.module.css";

interface Props {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** A drawing of how it will look, hidden from readers. */
  ghost?: ReactNode;
}

export function EmptyState({ title, children, action, ghost }: Props) {
  return (
    <div className={styles.empty}>
      {ghost && (
        <div className={styles.ghost} aria-hidden="true">
          {ghost}
        </div>
      )}
      <div className={styles.state}>
        <h2 className={styles.title}>{title}</h2>
        <div className={styles.text}>{children}</div>
        {action}
      </div>
    </div>
  );
}
