/** Whom this page follows; it keeps with them until one moves by oneself. */
import { useEffect } from "react";
import { useLive } from "../../../live/LiveProvider";
import type { Followed } from "../../../live/presence/Follower";
import { showPlace } from "../../../live/presence/showPlace";
import { useFollowed } from "../../../live/useLiveValues";
import { Kbd } from "../../../ui/Kbd";
import { personColour } from "../../../ui/person";
import styles from "./FollowBar.module.css";

const MODIFIERS = ["Shift", "Control", "Alt", "Meta"];

export function FollowBar() {
  const { session } = useLive();
  const followed = useFollowed();
  const following = followed !== null;

  useEffect(() => {
    if (following) return onOwnMove(() => session?.follower.stop());
  }, [session, following]);

  useEffect(() => {
    if (followed?.passage != null) showPlace(followed.passage, followed.index);
  }, [followed]);

  return (
    <div className={styles.place}>
      {followed && (
        <div
          className={styles.bar}
          style={{ "--person": personColour(followed.id) } as React.CSSProperties}
        >
          <span className={styles.words} aria-hidden="true">
            {wordsOf(followed)}
          </span>
          <button type="button" className={styles.stop} onClick={() => session?.follower.stop()}>
            <span className={styles.byKey}>
              <Kbd keys="Escape" /> to stop
            </span>
            <span className={styles.byTouch}>Stop</span>
          </button>
        </div>
      )}
      {/* Carets move all the time; readers hear of another passage only. */}
      <span className="visually-hidden" role="status">
        {followed && wordsOf(followed)}
      </span>
    </div>
  );
}

function wordsOf({ name, here, passage }: Followed): string {
  if (!here) return `${name} is away just now`;
  if (passage === null) return `Following ${name}, who is not writing just now`;
  // What this page calls it; a row of a long timeline may not be drawn yet.
  const drawn = document.querySelector<HTMLElement>(`[data-passage="${CSS.escape(passage)}"]`);
  const where = drawn?.dataset.label;
  return where ? `Following ${name} in ${where}` : `Following ${name}`;
}

/** Scrolling, typing and Escape all say: from here I go by myself. */
function onOwnMove(stop: () => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  window.addEventListener("wheel", stop, { signal, passive: true });
  window.addEventListener("touchmove", stop, { signal, passive: true });
  window.addEventListener("keydown", ({ key }) => MODIFIERS.includes(key) || stop(), {
    signal,
    capture: true,
  });
  // The scroll bar belongs to no element but the page itself.
  const pressed = ({ target }: PointerEvent) => target === document.documentElement && stop();
  window.addEventListener("pointerdown", pressed, { signal });
  return () => ended.abort();
}
