/** Something to paste elsewhere: shown whole, in fixed width, with a button that copies it. */

import styles from "./CopyBlock.module.css";
import { CopyButton } from "./CopyButton";

interface Props {
  text: string;
  /** "address", "secret": for the button's name. */
  what: string;
  label?: string;
}

export function CopyBlock({ text, what, label }: Props) {
  return (
    <div className={styles.block}>
      <div className={styles.bar}>
        <span>{label ?? ""}</span>
        <CopyButton text={text} what={what} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide text must scroll by keyboard */}
      <pre className={styles.text} tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}
