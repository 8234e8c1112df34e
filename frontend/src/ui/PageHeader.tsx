/** The heading of a page: names the browser tab, takes the focus after a navigation. */
import type { ReactNode } from "react";
import styles from "./PageHeader.module.css";
import { PAGE_HEADING } from "./pageHeading";
import { usePageTitle } from "./pageTitle";

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, lead, actions }: Props) {
  usePageTitle(title);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        <h1 id={PAGE_HEADING} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
