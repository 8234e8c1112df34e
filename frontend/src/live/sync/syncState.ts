/** What is certainly on the server's disk, what is not yet, and why: the honest part of "Saved". */
import { addUp, NOTHING, type Unsaved } from "../kept/unsaved";

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
  /** What earlier visits kept in this browser and never saw confirmed. */
  kept: Unsaved;
  keptFrame: number | null;
}

export type SyncEvent =
  | { type: "opened" }
  | { type: "synced" }
  | { type: "lost" }
  | { type: "stopped"; code: StopCode }
  | { type: "kept"; unsaved: Unsaved }
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
  kept: NOTHING,
  keptFrame: null,
};

const STOP_CODES: readonly number[] = [4400, 4401, 4403, 4404, 4409] satisfies StopCode[];
/** What WebSocket servers say of a frame that is too large for them to look into. */
const MESSAGE_TOO_BIG = 1009;

/** What coming back would not help with, as y-websocket asks; null: it would. */
export function stopCode(code: number): StopCode | null {
  if (code === MESSAGE_TOO_BIG) return 4409;
  if (!(code >= 4400 && code <= 4499)) return null;
  // Codes that this page does not know yet are taken for the plainest refusal.
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
      return { ...state, kept: event.unsaved };
    case "wrote":
      return wrote(state, event.clock, event.passages);
    case "relayed":
      return relayed(state);
    case "offered":
      return offered(state);
    case "saved":
      return saved(state, event.clock, event.frames);
  }
}

/** What this visit wrote and the server has not confirmed. */
export function writtenUnsaved(state: SyncState): Unsaved {
  const passages = [...new Set(state.edits.flatMap((edit) => edit.passages))];
  return { count: state.edits.length, passages };
}

/** The same with what earlier visits left. */
export function unsaved(state: SyncState): Unsaved {
  return addUp([writtenUnsaved(state), state.kept]);
}

export function unsavedCount(state: SyncState): number {
  return state.edits.length + state.kept.count;
}

function wrote(state: SyncState, clock: number | null, passages: readonly string[]): SyncState {
  const frames = state.link === "open" ? state.frames + 1 : state.frames;
  const frame = state.link === "open" ? frames : null;
  return { ...state, frames, edits: [...state.edits, { clock, frame, passages }] };
}

function relayed(state: SyncState): SyncState {
  if (state.link !== "open") return state;
  const frames = state.frames + 1;
  return { ...state, frames, keptFrame: frames };
}

function offered(state: SyncState): SyncState {
  const frames = state.frames + 1;
  const edits = state.edits.map((edit) => ({ ...edit, frame: frames }));
  return { ...state, frames, edits, keptFrame: frames };
}

function saved(state: SyncState, clock: number, frames: number): SyncState {
  const carried = state.edits
    .filter((edit) => edit.clock !== null && edit.clock <= clock)
    .map((edit) => edit.frame ?? 0);
  // Frames are stored in their order, so one that is on disk has all earlier ones before it.
  const stored = carried.reduce((most, frame) => Math.max(most, frame), frames);
  const onDisk = (edit: Edit) =>
    edit.clock !== null ? edit.clock <= clock : edit.frame !== null && edit.frame <= stored;
  const keptOnDisk = state.keptFrame !== null && state.keptFrame <= stored;
  return {
    ...state,
    edits: state.edits.filter((edit) => !onDisk(edit)),
    kept: keptOnDisk ? NOTHING : state.kept,
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
