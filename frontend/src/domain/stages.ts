/** The learning side of an incident: its three parts in the agenda's order, then published. */
import type { IncidentStatus, Stage } from "../api/types";

export const STAGES = ["recap", "discussion", "takeaways", "published"] as const satisfies Stage[];

export const STAGE_WORDS: Record<Stage, string> = {
  recap: "Recap",
  discussion: "Discussion",
  takeaways: "Takeaways",
  published: "Published",
};

export const STATUSES = ["open", "mitigated", "resolved"] as const satisfies IncidentStatus[];

export const STATUS_WORDS: Record<IncidentStatus, string> = {
  open: "Open",
  mitigated: "Mitigated",
  resolved: "Resolved",
};
