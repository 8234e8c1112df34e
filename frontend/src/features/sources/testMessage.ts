/** A message to the real address that is about no alert, and what its answer tells. */
import type { Outcome, Sender, Source } from "../../api/types";
import { proofName } from "./senders";

/** What became of the test: `opens` means that it was held back. */
export type Verdict = "taken" | "refused" | "opens" | "lost";

export const TEST_NOTE = "A test from the settings of Second Story. It is about no alert.";

/** Null where a test needs what only the sender has. */
export function testBody(source: Source, sender: Sender, secret: string | null): object | null {
  if (proofName(sender) !== "routing key") return { "second-story-test": TEST_NOTE };
  if (secret === null) return null;
  // PagerDuty drops the end of what never began, and so do we.
  return {
    routing_key: secret,
    event_action: "resolve",
    dedup_key: `second-story-test-${source.id}`,
  };
}

/** A mapping may find a title in anything, even in this. */
export function wouldOpen(outcome: readonly Outcome[]): boolean {
  return outcome.some(({ decision }) => ["open_incident", "attach", "append"].includes(decision));
}

export function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return "taken";
  return status === 401 || status === 403 ? "refused" : "lost";
}

export const VERDICTS: Record<Verdict, (sender: string) => string> = {
  taken: (sender) =>
    `The address took the test and opened nothing. You find it below, under “What came in”. Whether ${sender} reaches the address shows when its own test arrives.`,
  refused: (sender) =>
    `The address answers, and refused the test because it is not signed. That is as it should be: only ${sender} can sign. Use its own test button; what it sends shows below.`,
  opens: () =>
    "Not sent: as this source is set up, even a message about no alert would open an incident or add to one. Look at the mapping first.",
  lost: () => "The address did not take the test.",
};
