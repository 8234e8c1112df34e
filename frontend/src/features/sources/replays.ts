/** Reading messages again: which ones wait for it, and what came of it in words. */
import type { Outcome } from "../../api/types";
import { decisive } from "./decisions";

const HOUR = 3_600_000;

/** How far back, newest first; the last is longer than messages are kept. */
export const REACHES = [
  { word: "From the last hour", span: HOUR },
  { word: "From the last day", span: 24 * HOUR },
  { word: "From the last week", span: 7 * 24 * HOUR },
  { word: "All that are kept", span: 20 * 365 * 24 * HOUR },
] as const;

export function since(span: number, now = Date.now()): string {
  return new Date(now - span).toISOString();
}

export function replayWords(replayed: readonly { outcome: Outcome[] }[]): string {
  if (replayed.length === 0) return "There was nothing to read again.";
  const count = (...decisions: Outcome["decision"][]) =>
    replayed.filter(({ outcome }) => {
      const told = decisive(outcome);
      return told !== undefined && decisions.includes(told.decision);
    }).length;
  const parts = [
    [count("open_incident"), "opened an incident"],
    [count("attach", "append"), "went to an open incident"],
    [count("record", "repeat"), "became part of an alert"],
    [count("keep", "ignore"), "stayed as they were"],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`);
  const messages = replayed.length === 1 ? "One message" : `${replayed.length} messages`;
  return `${messages} read again: ${said.join(", ")}.`;
}
