/** Between an entry's fields and what people type for them. */
import { shortMoment } from "../../../ui/time/format";
import type { ConflictRow } from "../parts/FieldsConflict";
import type { EventKind, TimelineEvent } from "../types";
import { momentOf, typedMoment } from "./eventTimes";
import { EVENT_LOOKS } from "./kinds";

export interface Details {
  kind: EventKind;
  occurred: string;
  known: string;
  accountOf: string | null;
  evidence: string[];
}

export type DetailsPatch = Partial<
  Pick<TimelineEvent, "kind" | "occurred_at" | "known_at" | "account_of" | "evidence">
>;

const NO_MOMENT = "This needs to be one moment.";
const NO_LINK = "Links start with https:// or http://.";

export function detailsOf(event: TimelineEvent, zone: string): Details {
  const same = event.known_at === event.occurred_at;
  return {
    kind: event.kind,
    occurred: typedMoment(event.occurred_at, zone),
    known: same ? "" : typedMoment(event.known_at, zone),
    accountOf: event.account_of,
    evidence: event.evidence,
  };
}

/** Only what is different from before, so that nobody else's change of the rest is in the way. */
export function readDetails(
  values: Details,
  event: TimelineEvent,
  zone: string,
): { patch: DetailsPatch; errors: Partial<Record<keyof Details, string>> } {
  const before = detailsOf(event, zone);
  const frame = { zone, base: new Date(event.occurred_at), day: new Date(event.occurred_at) };
  const patch: DetailsPatch = {};
  const errors: Partial<Record<keyof Details, string>> = {};

  if (values.kind !== before.kind) patch.kind = values.kind;
  if (values.accountOf !== before.accountOf) patch.account_of = values.accountOf;
  if (values.evidence.join() !== before.evidence.join()) patch.evidence = values.evidence;
  if (!values.evidence.every((link) => /^https?:\/\/\S+$/i.test(link))) errors.evidence = NO_LINK;

  if (values.occurred !== before.occurred) {
    const occurred = momentOf(values.occurred, frame);
    if (!occurred) errors.occurred = NO_MOMENT;
    else patch.occurred_at = occurred;
  }
  const movedAlong = values.known.trim() === "" && patch.occurred_at !== undefined;
  if (values.known !== before.known || movedAlong) {
    const known = momentOf(values.known, frame);
    if (known === null) errors.known = NO_MOMENT;
    else patch.known_at = known ?? patch.occurred_at ?? event.occurred_at;
  }
  return { patch, errors };
}

const FIELD_WORDS: Record<keyof DetailsPatch, string> = {
  kind: "Kind",
  occurred_at: "Happened",
  known_at: "Known",
  account_of: "Whose account",
  evidence: "Evidence",
};

export function conflictRows(
  { mine, theirs }: { mine: DetailsPatch; theirs: TimelineEvent },
  zone: string,
): ConflictRow[] {
  const words = (field: keyof DetailsPatch, value: unknown): string => {
    if (field === "kind") return EVENT_LOOKS[value as EventKind].word;
    if (field === "occurred_at" || field === "known_at")
      return shortMoment(new Date(String(value)), zone);
    if (field === "evidence") return (value as string[]).join(", ") || "None";
    return value === null
      ? "Everybody’s"
      : value === theirs.account_of
        ? (theirs.account_of_name ?? "")
        : "Yours";
  };
  return (Object.keys(mine) as (keyof DetailsPatch)[]).map((field) => ({
    word: FIELD_WORDS[field],
    mine: words(field, mine[field]),
    theirs: words(field, theirs[field]),
  }));
}
