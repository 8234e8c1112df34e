/** The sender's words for severity: which were heard, and what this source makes of them. */
import type { Delivery, Severity } from "../../api/types";
import { word as line, type Word } from "./mapping";

export interface HeardWord {
  word: string;
  /** What it meant when it came; null when it meant nothing. */
  means: Severity | null;
}

/** The words of messages that came, newest first, each once. */
export function wordsHeard(deliveries: readonly Delivery[]): HeardWord[] {
  const heard = new Map<string, HeardWord>();
  for (const { signals } of deliveries)
    for (const { severity_raw, severity } of signals) {
      const word = severity_raw?.trim();
      const known = word?.toLowerCase() ?? "";
      if (word && !heard.has(known)) heard.set(known, { word, means: severity });
    }
  return [...heard.values()];
}

export interface WordsForm {
  words: Word<Severity>[];
}

export function toForm(map: Readonly<Record<string, Severity>>): WordsForm {
  return { words: Object.entries(map).map(([theirs, ours]) => line(theirs, ours)) };
}

export function toMap(words: readonly Word<Severity>[]): Record<string, Severity> {
  return Object.fromEntries(
    words.filter(({ theirs }) => theirs.trim()).map(({ theirs, ours }) => [theirs.trim(), ours]),
  );
}

/** Upper and lower case are the same. */
export function notYet<T extends { word: string }>(
  heard: readonly T[],
  words: readonly Word<Severity>[],
): T[] {
  const said = new Set(words.map(({ theirs }) => theirs.trim().toLowerCase()));
  return heard.filter(({ word }) => !said.has(word.toLowerCase()));
}
