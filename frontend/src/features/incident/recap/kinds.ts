/** The three kinds of timeline entries, in the words of those who were there. */
import type { EventKind } from "../types";

export const EVENT_KINDS = ["effect", "understanding", "action"] as const satisfies EventKind[];

interface Look {
  /** Beside the entry. */
  word: string;
  /** Invites to write one. */
  invitation: string;
  /** Around the origin, within a circle of radius 5. */
  shape: string;
}

export const EVENT_LOOKS: Record<EventKind, Look> = {
  effect: {
    word: "We saw",
    invitation: "What did you see? “Checkout answers with an error page.”",
    shape: "M0-5 5 0 0 5-5 0z",
  },
  understanding: {
    word: "We thought",
    invitation: "How did you understand it then? “We took it for the known network fault.”",
    shape: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
  },
  action: {
    word: "We did",
    invitation: "What did you do? “I restarted the queue workers.”",
    shape: "M-4-5 5 0-4 5z",
  },
};
