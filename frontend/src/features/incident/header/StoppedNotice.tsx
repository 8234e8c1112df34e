/** The server asked this page to stop: why, what is not saved, and ways to keep it. */
import { Button } from "@mantine/core";
import { useLive } from "../../../live/LiveProvider";
import { reasonOf } from "../../../live/sync/syncView";
import { useSync } from "../../../live/useLiveValues";
import { CopyBlock } from "../../../ui/CopyBlock";
import { Notice } from "../../../ui/Notice";
import styles from "./StoppedNotice.module.css";

const SIGNED_OUT = 4401;

export function StoppedNotice() {
  const { session } = useLive();
  const view = useSync();
  if (view.kind !== "stopped" || !session) return null;
  const unsaved = session.unsavedText();
  const reload = async () => {
    // After signing in again they can still be sent; refused ones must not come back for ever.
    if (view.code !== SIGNED_OUT) await session.deleteCopy();
    window.location.reload();
  };
  return (
    <div className={styles.stopped}>
      <Notice tone="warn" alert>
        <p>
          {reasonOf(view.code)} Nothing you write here is passed on now.
          {unsaved !== "" && " These words are not on the server yet; copy them before you reload:"}
        </p>
        {unsaved !== "" && <CopyBlock text={unsaved} what="unsaved words" />}
        <Button size="xs" className={styles.reload} onClick={() => void reload()}>
          {view.code === SIGNED_OUT ? "Sign in again" : "Reload"}
        </Button>
      </Notice>
    </div>
  );
}
