/** The form of an action: what it holds, what of it changed, and where two people changed the same. */
import type { Action, ActionPatch } from "../../api/types";

export type Values = Pick<
  Action,
  | "title"
  | "status"
  | "intent"
  | "owner"
  | "due_on"
  | "tracker_url"
  | "evidence"
  | "check_on"
  | "held"
>;
export type Field = keyof Values;

export const FIELD_WORDS: Record<Field, string> = {
  title: "Title",
  status: "Status",
  intent: "Intent",
  owner: "Owner",
  due_on: "Due",
  tracker_url: "Tracker link",
  evidence: "Proof",
  check_on: "Look again on",
  held: "Did it hold?",
};

const FIELDS = Object.keys(FIELD_WORDS) as Field[];

export function valuesOf(action: Action): Values {
  return Object.fromEntries(FIELDS.map((field) => [field, action[field]])) as unknown as Values;
}

/** Only what differs from the version that was looked at. */
export function changes(before: Values, now: Values): ActionPatch {
  return Object.fromEntries(
    FIELDS.filter((field) => before[field] !== now[field]).map((field) => [field, now[field]]),
  );
}

/** Fields that I changed and that somebody else changed to something different meanwhile. */
export function conflicts(before: Values, mine: Values, theirs: Values): Field[] {
  return FIELDS.filter(
    (field) =>
      before[field] !== mine[field] &&
      before[field] !== theirs[field] &&
      mine[field] !== theirs[field],
  );
}

/** Their version with my changes on top; where both changed, mine or theirs as chosen. */
export function merged(before: Values, mine: Values, theirs: Values, keepMine: boolean): Values {
  const clashing = conflicts(before, mine, theirs);
  const wanted = FIELDS.filter(
    (field) => before[field] !== mine[field] && (keepMine || !clashing.includes(field)),
  );
  return { ...theirs, ...Object.fromEntries(wanted.map((field) => [field, mine[field]])) };
}
