/** What stands around the pages for people who are not signed in yet. */
import type { ReactNode } from "react";
import { Mark } from "../../ui/Mark";
import { PAGE_HEADING } from "../../ui/pageHeading";
import { usePageTitle } from "../../ui/pageTitle";
import styles from "./WelcomeFrame.module.css";

interface Props {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}

export function WelcomeFrame({ title, lead, children }: Props) {
  usePageTitle(title);
  return (
    <div className={styles.page}>
      <main className={styles.card}>
        <Mark size={32} />
        <h1 id={PAGE_HEADING} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </main>
      <aside className={styles.story}>
        <p>
          <strong>First story:</strong> somebody made a mistake.
        </p>
        <p>
          <strong>Second story:</strong> how it made sense at the time, and what the system taught
          us.
        </p>
      </aside>
    </div>
  );
}
