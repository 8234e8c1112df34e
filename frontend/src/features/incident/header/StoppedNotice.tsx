/** Nothing written here is taken any more: why, which words are not on the server, and ways to keep them. */
import { Button } from "@mantine/core";
import { useLive } from "../../../live/LiveProvider";
import type { SyncView } from "../../../live/sync/syncView";
import { reasonOf } from "../../../live/sync/syncView";
import { useSync } from "../../../live/useLiveValues";
import { CopyButton } from "../../../ui/CopyButton";
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
        {words !== "" && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long text must scroll by keyboard
          <div className={styles.words} tabIndex={0}>
            {words}
          </div>
        )}
        <div className={styles.ways}>
          {view.kind === "stopped" && (
            <Button size="xs" onClick={() => window.location.reload()}>
              {signedOut ? "Sign in again" : "Reload"}
            </Button>
          )}
          {view.count > 0 && !signedOut && <GoOnWithout words={words} />}
          {words !== "" && <CopyButton text={words} what="unsaved words" />}
        </div>
      </Notice>
    </div>
  );
}

function whyOf(view: Stopped): string {
  if (view.kind === "read_only") return "You can read this incident now, but not write in it.";
  const reason = reasonOf(view.code);
  return view.code === SIGNED_OUT ? reason : `${reason} Nothing more is passed on from here.`;
}

function unsavedSentence(words: string, signedOut: boolean): string {
  if (signedOut) return "What the server does not have yet is sent then; it is in this text:";
  if (words === "") return "What you took out last is still there for the others.";
  return "This text holds words of yours that are not on the server:";
}
