/** What the server says beside the text: frames of type 100, one JSON text each. */

export const NOTICE = 100;

/** Edits of this connection are on disk, and the document there has come to this state. */
export interface SavedNotice {
  type: "saved";
  /** Yjs state vector, base64. */
  state_vector: string;
  /** How many frames with edits of this connection are stored. */
  updates: number;
}

/** A structured field moved; what it holds now is read over HTTP. */
export interface ChangeNotice {
  type: "change";
  seq: number;
  incident_id: string | null;
  entity: string;
  entity_id: string;
  action: string;
  actor: { kind: string; id: string | null; name: string };
}

/** Changes may have gone by unheard: read again what is shown. */
export interface MissedNotice {
  type: "missed";
}

export type Notice = SavedNotice | ChangeNotice | MissedNotice;

/** Reads the rest of a frame after its type; null for what this page does not know yet. */
export function readNotice(bytes: Uint8Array): Notice | null {
  const { value: length, size } = readLength(bytes);
  const text = new TextDecoder().decode(bytes.subarray(size, size + length));
  try {
    const said: unknown = JSON.parse(text);
    return isNotice(said) ? said : null;
  } catch {
    return null;
  }
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function isNotice(said: unknown): said is Notice {
  if (typeof said !== "object" || said === null || !("type" in said)) return false;
  if (said.type === "missed") return true;
  if (said.type === "saved") return "state_vector" in said && "updates" in said;
  return said.type === "change" && "entity" in said && "action" in said;
}

/** lib0's unsigned integers: seven bits a byte, lowest first. */
function readLength(bytes: Uint8Array): { value: number; size: number } {
  let value = 0;
  let size = 0;
  for (const byte of bytes) {
    value += (byte & 0x7f) * 2 ** (7 * size);
    size += 1;
    if (byte < 0x80) break;
  }
  return { value, size };
}
