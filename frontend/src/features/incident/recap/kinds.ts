/** The three kinds of timeline entries, in the words of those who were there. */
import type { IconName } from "../../../ui/iconPaths";
import type { EventKind } from "../types";

export const EVENT_KINDS = ["effect", "understanding", "action"] as const satisfies EventKind[];

interface Look {
  /** Beside the entry. */
  word: string;
  /** Invites to write one. */
  invitation: string;
  icon: IconName;
}

export const EVENT_LOOKS: Record<EventKind, Look> = {
  effect: {
    word: "We saw",
    invitation: "What did you see? “Checkout answers with an error page.”",
    icon: "eye",
  },
  understanding: {
    word: "We thought",
    invitation: "How did you understand it then? “We took it for the known network fault.”",
    icon: "bulb",
  },
  action: {
    word: "We did",
    invitation: "What did you do? “I restarted the queue workers.”",
    icon: "play",
  },
};
