/** The one thing that most likely comes next, by how far the review is. */
import type { Stage } from "../../../api/types";

export type Step =
  | { kind: "write"; words: string }
  | { kind: "move"; to: Stage; words: string }
  | { kind: "read"; words: string };

export function nextStep(stage: Stage, begun: boolean): Step {
  switch (stage) {
    case "recap":
      return begun
        ? { kind: "move", to: "discussion", words: "Start the discussion" }
        : { kind: "write", words: "Start writing" };
    case "discussion":
      return { kind: "move", to: "takeaways", words: "Go on to takeaways" };
    case "takeaways":
      return { kind: "move", to: "published", words: "Publish" };
    case "published":
      return { kind: "read", words: "Read the report" };
  }
}
