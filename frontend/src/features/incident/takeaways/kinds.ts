/** Kinds of takeaways, and the parking lot for what came too early. */
import type { Takeaway, TakeawayKind } from "../types";

export type Group = TakeawayKind | "parked";

export const GROUPS = ["learning", "recommendation", "parked"] as const satisfies Group[];

interface GroupWords {
  heading: string;
  one: string;
  lead: string;
  invitation: string;
}

export const GROUP_WORDS: Record<Group, GroupWords> = {
  learning: {
    heading: "What we learned",
    one: "learning",
    lead: "",
    invitation: "Something we know now and did not know before",
  },
  recommendation: {
    heading: "What we recommend",
    one: "recommendation",
    lead: "",
    invitation: "What would make this less likely, or easier to notice and to mend",
  },
  parked: {
    heading: "Parking lot",
    one: "parked idea",
    lead: "Ideas that came too early. They are kept here until what happened is agreed on.",
    invitation: "An idea to come back to",
  },
};

export function groupOf(takeaway: Pick<Takeaway, "kind" | "parked">): Group {
  return takeaway.parked ? "parked" : takeaway.kind;
}

/** What a takeaway of this group starts as. */
export function newIn(group: Group): { kind: TakeawayKind; parked: boolean } {
  return group === "parked"
    ? { kind: "recommendation", parked: true }
    : { kind: group, parked: false };
}
