/** Nothing written here is taken any more: why, which words are not on the server, and ways to keep them. */
import { Button } from "@mantine/core";
import { useLive } from "../../../live/LiveProvider";
import type { SyncView } from "../../../live/sync/syncView";
import { reasonOf } from "../../../live/sync/syncView";
import { useSync } from "../../../live/useLiveValues";
import { CopyBlock } from "../../../ui/CopyBlock";
import { Notice } from "../../../ui/Notice";
import { GoOnWithout } from "./GoOnWithout";
import styles from "./StoppedNotice.module.css";

const SIGNED_OUT = 4401;

type Stopped = Extract<SyncView, { kind: "stopped" | "read_only" }>;

export function StoppedNotice() {
  const { session } = useLive();
  const view = useSync();
  const stopped = view.kind === "stopped" || (view.kind === "read_only" && view.count > 0);
  if (!stopped || !session) return null;
  const words = session.unsavedText();
  const signedOut = view.kind === "stopped" && view.code === SIGNED_OUT;
  return (
    <div className={styles.stopped}>
      <Notice tone="warn" alert>
        <p>
          {whyOf(view)}
          {view.count > 0 && ` ${unsavedSentence(words, signedOut)}`}
        </p>
        {words !== "" && <CopyBlock text={words} what="unsaved words" />}
        <div className={styles.ways}>
          {view.kind === "stopped" && (
            <Button size="xs" onClick={() => window.location.reload()}>
              {signedOut ? "Sign in again" : "Reload"}
            </Button>
          )}
          {view.count > 0 && !signedOut && <GoOnWithout words={words} />}
        </div>
      </Notice>
    </div>
  );
}

function whyOf(view: Stopped): string {
  if (view.kind === "read_only") return "You can read this incident now, but not write in it.";
  return `${reasonOf(view.code)} Nothing more is passed on from here.`;
}

function unsavedSentence(words: string, signedOut: boolean): string {
  if (words === "") return "What you took out last is still there for the others.";
  if (signedOut) return "This text holds words that are not on the server. They are sent then:";
  return "This text holds words of yours that are not on the server:";
}
