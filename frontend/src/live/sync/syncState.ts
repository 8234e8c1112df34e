/** What is certainly on the server's disk, what is not yet, and why: the honest part of "Saved". */

/** The server asked to stop; coming back by itself would not help. */
export type StopCode = 4400 | 4401 | 4403 | 4404 | 4409;

/** One local edit that the server has not confirmed. */
export interface Edit {
  /** Our own Yjs clock after it; null when it only deleted, which moves no clock. */
  clock: number | null;
  /** The frame of this connection that carried it; null when it has not been sent. */
  frame: number | null;
  passages: readonly string[];
}

export interface SyncState {
  link: "connecting" | "open" | "lost" | "stopped";
  stopCode: StopCode | null;
  /** The server's text has arrived over this connection. */
  synced: boolean;
  /** How many frames with edits this connection has sent. */
  frames: number;
  edits: readonly Edit[];
  /** Edits of an earlier visit that were kept in this browser and never confirmed. */
  kept: number;
  keptFrame: number | null;
}

export type SyncEvent =
  | { type: "opened" }
  | { type: "synced" }
  | { type: "lost" }
  | { type: "stopped"; code: StopCode }
  | { type: "kept"; count: number }
  | { type: "wrote"; clock: number | null; passages: readonly string[] }
  /** Something that was not written here went to the server: the local copy, opened late. */
  | { type: "relayed" }
  /** All that the server lacked was sent in one frame, as it asked after connecting. */
  | { type: "offered" }
  /** On disk: our edits up to this clock, and this many frames of this connection. */
  | { type: "saved"; clock: number; frames: number };

export const START: SyncState = {
  link: "connecting",
  stopCode: null,
  synced: false,
  frames: 0,
  edits: [],
  kept: 0,
  keptFrame: null,
};

const STOP_CODES: readonly number[] = [4400, 4401, 4403, 4404, 4409] satisfies StopCode[];

/** Other codes of the 44xx family are treated as the plainest refusal. */
export function stopCode(code: number): StopCode {
  return STOP_CODES.includes(code) ? (code as StopCode) : 4400;
}

export function advance(state: SyncState, event: SyncEvent): SyncState {
  switch (event.type) {
    case "opened":
      return { ...unsent(state), link: "open" };
    case "synced":
      return { ...state, synced: true };
    case "lost":
      return state.link === "stopped" ? state : { ...unsent(state), link: "lost" };
    case "stopped":
      return { ...unsent(state), link: "stopped", stopCode: event.code };
    case "kept":
      return { ...state, kept: event.count };
    case "wrote":
      return wrote(state, event.clock, event.passages);
    case "relayed":
      return state.link === "open" ? { ...state, frames: state.frames + 1 } : state;
    case "offered":
      return offered(state);
    case "saved":
      return saved(state, event.clock, event.frames);
  }
}

export function unsavedCount(state: SyncState): number {
  return state.edits.length + state.kept;
}

/** Names of the passages with unconfirmed edits, for offering their text. */
export function unsavedPassages(state: SyncState): string[] {
  return [...new Set(state.edits.flatMap((edit) => edit.passages))];
}

function wrote(state: SyncState, clock: number | null, passages: readonly string[]): SyncState {
  const frames = state.link === "open" ? state.frames + 1 : state.frames;
  const frame = state.link === "open" ? frames : null;
  return { ...state, frames, edits: [...state.edits, { clock, frame, passages }] };
}

function offered(state: SyncState): SyncState {
  const frames = state.frames + 1;
  const edits = state.edits.map((edit) => ({ ...edit, frame: frames }));
  return { ...state, frames, edits, keptFrame: state.kept > 0 ? frames : null };
}

function saved(state: SyncState, clock: number, frames: number): SyncState {
  const carried = state.edits
    .filter((edit) => edit.clock !== null && edit.clock <= clock)
    .map((edit) => edit.frame ?? 0);
  // Frames are stored in their order, so one that is on disk has all earlier ones before it.
  const stored = Math.max(frames, ...carried);
  const onDisk = (edit: Edit) =>
    edit.clock !== null ? edit.clock <= clock : edit.frame !== null && edit.frame <= stored;
  const keptOnDisk = state.keptFrame !== null && state.keptFrame <= stored;
  return {
    ...state,
    edits: state.edits.filter((edit) => !onDisk(edit)),
    kept: keptOnDisk ? 0 : state.kept,
    keptFrame: keptOnDisk ? null : state.keptFrame,
  };
}

/** A connection began or ended: what it carried without being confirmed is carried again. */
function unsent(state: SyncState): SyncState {
  return {
    ...state,
    synced: false,
    frames: 0,
    keptFrame: null,
    edits: state.edits.map((edit) => ({ ...edit, frame: null })),
  };
}
