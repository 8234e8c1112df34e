/** The sync state in the few words that people see. */
import { type StopCode, type SyncState, unsavedCount } from "./syncState";

export type SyncView =
  | { kind: "connecting" }
  | { kind: "saved" }
  | { kind: "saving"; count: number }
  | { kind: "offline"; count: number }
  | { kind: "read_only"; count: number }
  | { kind: "stopped"; code: StopCode; count: number };

export function viewOf(state: SyncState, canEdit: boolean): SyncView {
  const count = unsavedCount(state);
  if (state.link === "stopped" && state.stopCode !== null)
    return { kind: "stopped", code: state.stopCode, count };
  if (state.link === "lost") return { kind: "offline", count };
  if (!canEdit) return { kind: "read_only", count };
  if (count > 0) return { kind: "saving", count };
  return state.link === "open" && state.synced ? { kind: "saved" } : { kind: "connecting" };
}

export function wordsOf(view: SyncView): string {
  switch (view.kind) {
    case "connecting":
      return "Connecting";
    case "saved":
      return "Saved";
    case "saving":
      return `Saving ${view.count}`;
    case "offline":
      return view.count === 0 ? "Offline" : `Offline, ${changes(view.count)} kept here`;
    case "read_only":
      return "Read-only";
    case "stopped":
      return "Reload to edit";
  }
}

const REASONS: Record<StopCode, string> = {
  4400: "The server could not make sense of what this page sent.",
  4401: "You are signed out. Sign in again to go on.",
  4403: "You may not open this incident any more. An administrator can change that.",
  4404: "This incident is no longer there, or no longer open to you.",
  4409: "The text of this incident has become too long to take more. Taking some out makes room again.",
};

export function reasonOf(code: StopCode): string {
  return REASONS[code];
}

function changes(count: number): string {
  return count === 1 ? "1 change" : `${count} changes`;
}
