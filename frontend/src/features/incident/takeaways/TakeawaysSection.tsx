/** Part C. */
import { partOf } from "../parts/parts";
import { SectionFrame } from "../parts/SectionFrame";

export function TakeawaysSection({ reason }: { reason: string | undefined }) {
  return <SectionFrame part={partOf("takeaways")}>{reason}</SectionFrame>;
}
