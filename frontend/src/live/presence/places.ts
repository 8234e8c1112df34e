/** Places in a text as others announce them, which move along as the text changes. */
import * as Y from "yjs";
import { isRecord } from "./people";

/** Where a relative position stands in this text now; null when it is in another one, or makes no sense. */
export function absolutePlace(position: unknown, text: Y.Text): number | null {
  if (!isRecord(position) || text.doc === null) return null;
  try {
    const relative = Y.createRelativePositionFromJSON(position);
    const absolute = Y.createAbsolutePositionFromRelativePosition(relative, text.doc);
    return absolute?.type === text ? absolute.index : null;
  } catch {
    return null;
  }
}
