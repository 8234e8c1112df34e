/** Words for follow-up actions. */
import type { ActionStatus, Intent } from "../api/types";

export const ACTION_STATUSES = [
  "open",
  "in_progress",
  "done",
  "dropped",
] as const satisfies ActionStatus[];

export const ACTION_STATUS_WORDS: Record<ActionStatus, string> = {
  open: "Open",
  in_progress: "In progress",
  done: "Done",
  dropped: "Dropped",
};

export const INTENTS = ["prevent", "detect", "mitigate", "learn"] as const satisfies Intent[];

export const INTENT_WORDS: Record<Intent, string> = {
  prevent: "Prevent",
  detect: "Detect",
  mitigate: "Mitigate",
  learn: "Learn",
};
