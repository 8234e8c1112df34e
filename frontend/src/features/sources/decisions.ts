/** What is done with an alert, in words: as it was done, and as it would be. */
import type { Outcome } from "../../api/types";

type Decision = Outcome["decision"];

interface Words {
  did: string;
  would: string;
  /** Colour is decoration; the words say it. */
  tone: "opens" | "adds" | "quiet";
}

const WORDS: Record<Decision, Words> = {
  open_incident: { did: "Opened an incident", would: "Opens an incident", tone: "opens" },
  attach: { did: "Joined an incident", would: "Joins an open incident", tone: "adds" },
  append: { did: "Added to its incident", would: "Adds to its incident", tone: "adds" },
  repeat: { did: "Known already", would: "Known already", tone: "quiet" },
  record: { did: "Listed", would: "Is listed", tone: "quiet" },
  ignore: { did: "Changed nothing", would: "Changes nothing", tone: "quiet" },
  keep: { did: "Kept as it came", would: "Is kept as it came", tone: "quiet" },
};

export const decisionWords = (decision: Decision): Words => WORDS[decision];

/** Of several outcomes, the one that people look for first. */
export function decisive<T extends Outcome>(outcome: readonly T[]): T | undefined {
  const order = Object.keys(WORDS);
  return outcome.toSorted(
    (one, other) => order.indexOf(one.decision) - order.indexOf(other.decision),
  )[0];
}
