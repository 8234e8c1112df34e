/** What the live document holds just now, as values that components re-render with. */
import { useCallback, useSyncExternalStore } from "react";
import type * as Y from "yjs";
import { useLive } from "./LiveProvider";
import type { Followed } from "./presence/Follower";
import type { PersonHere } from "./presence/people";
import { START, type StopCode } from "./sync/syncState";
import { type SyncView, viewOf } from "./sync/syncView";

const NOBODY: readonly PersonHere[] = [];
const never = () => () => {};

export function useSync(): SyncView {
  const { session, canEdit } = useLive();
  const state = useSyncExternalStore(
    session?.sync.subscribe ?? never,
    session?.sync.get ?? (() => START),
  );
  return viewOf(state, canEdit);
}

/** Why the server has asked this page to stop, if so; moves rarely, unlike the whole sync state. */
export function useStopCode(): StopCode | null {
  const { session } = useLive();
  return useSyncExternalStore(
    session?.sync.subscribe ?? never,
    () => session?.sync.get().stopCode ?? null,
  );
}

export function usePeopleHere(): readonly PersonHere[] {
  const { session } = useLive();
  return useSyncExternalStore(
    session?.people.subscribe ?? never,
    session?.people.get ?? (() => NOBODY),
  );
}

/** People other than me who have this passage open for writing. */
export function useWriters(passage: string): readonly PersonHere[] {
  const { me } = useLive();
  return usePeopleHere().filter(
    (person) => person.id !== me.id && person.passages.includes(passage),
  );
}

/** The person whom this page follows, and where they are. */
export function useFollowed(): Followed | null {
  const { session } = useLive();
  return useSyncExternalStore(
    session?.follower.followed.subscribe ?? never,
    session?.follower.followed.get ?? (() => null),
  );
}

/** Whether this browser keeps what is not saved, should the tab be closed. */
export function useCopyWorks(): boolean {
  const { session } = useLive();
  return useSyncExternalStore(
    session?.copy.works.subscribe ?? never,
    session?.copy.works.get ?? (() => true),
  );
}

export function useReady(): boolean {
  const { session } = useLive();
  return useSyncExternalStore(
    session?.ready.subscribe ?? never,
    session?.ready.get ?? (() => false),
  );
}

/** The passage as it is this moment; until the live text is here, what was read over HTTP. */
export function usePassageText(passage: string, read: string): string {
  const { session } = useLive();
  const ready = useReady();
  const subscribe = useCallback(
    (listener: () => void) => {
      const text = session?.text(passage);
      text?.observe(listener);
      return () => text?.unobserve(listener);
    },
    [session, passage],
  );
  return useSyncExternalStore(subscribe, () => {
    const text = session?.text(passage);
    return ready && text && wasWritten(text) ? text.toString() : read;
  });
}

/** Tells a passage that somebody emptied from one whose first words are still on their way. */
function wasWritten(text: Y.Text): boolean {
  return text._start !== null;
}

/** Whether this page has the passage open for writing, and where in it to begin. */
export function useEditing(passage: string): { at: number | null } | null {
  const { session } = useLive();
  const editing = useSyncExternalStore(
    session?.editing.subscribe ?? never,
    session?.editing.get ?? (() => null),
  );
  return editing?.passage === passage ? editing : null;
}
