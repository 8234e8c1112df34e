/** Part B. */
import { partOf } from "../parts/parts";
import { SectionFrame } from "../parts/SectionFrame";

export function DiscussionSection({ reason }: { reason: string | undefined }) {
  return <SectionFrame part={partOf("discussion")}>{reason}</SectionFrame>;
}
