/** The keys of a shortcut, as caps. */
import { Fragment } from "react";
import styles from "./Kbd.module.css";
import { keyCaps } from "./keyboard/chords";

export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keyCaps(keys).map((caps, index) => (
        <Fragment key={caps.join("+")}>
          {index > 0 && <span className={styles.then}>then</span>}
          {caps.map((cap) => (
            <kbd key={cap} className={styles.cap}>
              {cap}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
