/** The mapping of any JSON: where things stand, and what the sender's words mean. */
import type { components } from "../../api/schema.gen";
import type { AlertState, PayloadMapping, Severity } from "../../api/types";

type Sent = components["schemas"]["PayloadMapping"];

export const FIELDS = [
  "title",
  "dedup_key",
  "severity",
  "state",
  "time",
  "link",
  "service",
  "each",
] as const;
export type Field = (typeof FIELDS)[number];

export function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name);
}

export const FIELD_WORDS: Record<Field, { label: string; example: string; hint: string }> = {
  title: { label: "Title", example: "check.name", hint: "The line a person wants to see" },
  dedup_key: {
    label: "Dedup key",
    example: "check.id",
    hint: "Ties trigger and resolve together; the title without it",
  },
  severity: {
    label: "Severity",
    example: "check.level",
    hint: "Usual words are known; say others below",
  },
  state: { label: "State", example: "status", hint: "Without it, all messages fire" },
  time: { label: "Time", example: "at", hint: "RFC 3339, or Unix seconds" },
  link: { label: "Link", example: "check.url", hint: "One address, or a list" },
  service: { label: "Service", example: "check.service", hint: "What it is about" },
  each: {
    label: "List of alerts",
    example: "checks",
    hint: "Where one message tells of several; all else is then read from each",
  },
};

/** One line of "their word means ours"; keyed, because words repeat while people type. */
export interface Word<Meaning extends string> {
  key: string;
  theirs: string;
  ours: Meaning;
}

export interface MappingForm extends Record<Field, string> {
  severities: Word<Severity>[];
  states: Word<AlertState>[];
}

let made = 0;

export function word<Meaning extends string>(theirs: string, ours: Meaning): Word<Meaning> {
  made += 1;
  return { key: `word-${made}`, theirs, ours };
}

export function toForm(mapping: PayloadMapping | null): MappingForm {
  const fields = Object.fromEntries(FIELDS.map((field) => [field, mapping?.[field] ?? ""]));
  return {
    ...(fields as Record<Field, string>),
    severities: Object.entries(mapping?.severity_values ?? {}).map(([theirs, ours]) =>
      word(theirs, ours),
    ),
    states: Object.entries(mapping?.state_values ?? {}).map(([theirs, ours]) => word(theirs, ours)),
  };
}

export function toMapping(form: MappingForm): Sent {
  const optional = (field: Field) => form[field].trim() || null;
  return {
    each: optional("each"),
    title: form.title.trim(),
    dedup_key: optional("dedup_key"),
    severity: optional("severity"),
    state: optional("state"),
    time: optional("time"),
    link: optional("link"),
    service: optional("service"),
    severity_values: meanings(form.severities),
    state_values: meanings(form.states),
  };
}

function meanings<Meaning extends string>(
  words: readonly Word<Meaning>[],
): Record<string, Meaning> {
  return Object.fromEntries(
    words.filter(({ theirs }) => theirs.trim()).map(({ theirs, ours }) => [theirs.trim(), ours]),
  );
}
