/** Reads key notations such as "j", "mod+k", "shift+e", "?" and "g i". */

export interface Chord {
  /** `KeyboardEvent.key`, letters in lower case. */
  key: string;
  /** Ctrl, or ⌘ on Apple keyboards. */
  mod: boolean;
  alt: boolean;
  shift: boolean;
}

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** "g i" is two chords pressed one after the other. */
export function parseKeys(keys: string): Chord[] {
  return keys.split(" ").map((notation) => {
    const parts = notation.length > 1 ? notation.split("+") : [notation];
    const key = parts.at(-1) || "+";
    return {
      key: fold(key),
      mod: parts.includes("mod"),
      alt: parts.includes("alt"),
      shift: parts.includes("shift"),
    };
  });
}

export function matches(chord: Chord, press: Press): boolean {
  const mod = press.ctrlKey || press.metaKey;
  if (chord.mod !== mod || chord.alt !== press.altKey) return false;
  if (chord.key !== fold(press.key)) return false;
  // Where "?" or "+" sits is the keyboard layout's affair, so its Shift does not count.
  return isSymbol(chord.key) || chord.shift === press.shiftKey;
}

/** A chord that would be a letter in a text field. */
export function isSingleKey(chord: Chord): boolean {
  return !chord.mod && !chord.alt && chord.key.length === 1;
}

const NAMES: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  " ": "Space",
};

/** What is printed on the keys: one list of caps for each chord. */
export function keyCaps(keys: string, apple = isApple()): string[][] {
  return parseKeys(keys).map((chord) => [
    ...(chord.mod ? [apple ? "⌘" : "Ctrl"] : []),
    ...(chord.alt ? [apple ? "⌥" : "Alt"] : []),
    ...(chord.shift ? ["Shift"] : []),
    NAMES[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key),
  ]);
}

export function isApple(): boolean {
  return /Mac|iP(hone|ad|od)/.test(navigator.userAgent);
}

function fold(key: string): string {
  if (key === "Space") return " ";
  return key.length === 1 ? key.toLowerCase() : key;
}

function isSymbol(key: string): boolean {
  return key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== " ";
}
