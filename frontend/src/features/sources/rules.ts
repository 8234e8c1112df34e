/** The rules of a source: as sentences, and as the form in which they are changed. */
import type { Rules, Severity } from "../../api/types";
import { SEVERITY_WORDS } from "../../domain/severity";

/** Suggested to whoever turns grouping on. */
const USUAL_MINUTES = 15;
export const MOST_MINUTES = 1440;

export interface RulesForm {
  does: "open" | "note";
  from: Severity | "any";
  whose: "all" | "some";
  services: string[];
  /** "team=payments" */
  labels: string[];
  attaches: boolean;
  minutes: number | string;
  onResolve: Rules["on_resolve"];
}

export function toForm(rules: Rules): RulesForm {
  const labels = Object.entries(rules.only_labels).flatMap(([name, values]) =>
    values.map((value) => `${name}=${value}`),
  );
  return {
    does: rules.note_only ? "note" : "open",
    from: rules.open_at_or_above ?? "any",
    whose: rules.only_services.length + labels.length > 0 ? "some" : "all",
    services: rules.only_services,
    labels,
    attaches: rules.attach_within_minutes !== null,
    minutes: rules.attach_within_minutes ?? USUAL_MINUTES,
    onResolve: rules.on_resolve,
  };
}

export function toRules(form: RulesForm): Rules {
  const some = form.whose === "some";
  return {
    note_only: form.does === "note",
    open_at_or_above: form.from === "any" ? null : form.from,
    only_services: some ? form.services : [],
    only_labels: some ? byName(form.labels) : {},
    attach_within_minutes: form.attaches ? Number(form.minutes) : null,
    on_resolve: form.onResolve,
  };
}

function byName(labels: readonly string[]): Record<string, string[]> {
  const named: Record<string, string[]> = {};
  for (const [name, value] of labels.map(parts)) named[name] = [...(named[name] ?? []), value];
  return named;
}

function parts(label: string): [name: string, value: string] {
  const at = label.indexOf("=");
  return [label.slice(0, at).trim(), label.slice(at + 1).trim()];
}

export function labelsProblem(form: RulesForm): string | null {
  if (form.does === "note" || form.whose === "all") return null;
  const odd = form.labels.find((label) => !/^[^=]*[^=\s][^=]*=.*\S/.test(label));
  if (odd !== undefined) return `“${odd}” needs a name and a value, such as team=payments.`;
  if (form.services.length + form.labels.length > 0) return null;
  return "Name a service or a label, or choose all alerts.";
}

export function minutesProblem(form: RulesForm): string | null {
  if (form.does === "note" || !form.attaches) return null;
  const minutes = Number(form.minutes);
  const fits = Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES;
  return fits ? null : `A whole number of minutes, up to ${MOST_MINUTES} (a day).`;
}

/** What a person would say of these rules. */
export function sentences(rules: Rules): string[] {
  if (rules.note_only) return ["List every alert, and open no incident."];
  return [opening(rules), grouping(rules), ending(rules)];
}

function opening({ open_at_or_above: from, only_services, only_labels }: Rules): string {
  const level = from === null ? "of any severity" : levelWords(from);
  const services = only_services.length > 0 ? [`of ${anyOf(only_services)}`] : [];
  const labels = Object.entries(only_labels).map(
    ([name, values]) => `with ${name} ${anyOf(values)}`,
  );
  const only = [...services, ...labels];
  return `Open an incident for alerts ${level}${only.length > 0 ? `, only ${anyOf(only)}` : ""}.`;
}

function levelWords(from: Severity): string {
  if (from === "sev1") return `of ${SEVERITY_WORDS.sev1}`;
  return from === "sev5" ? "of any severity" : `of ${SEVERITY_WORDS[from]} or worse`;
}

function grouping({ attach_within_minutes: minutes }: Rules): string {
  if (minutes === null) return "Each of them opens an incident of its own.";
  return `Within ${span(minutes)} of the last alert, add to an open incident of the same service instead.`;
}

function ending({ on_resolve }: Rules): string {
  return on_resolve === "add_event"
    ? "When an alert resolves, only note it in the timeline."
    : "When the last alert of an incident resolves, mark the incident resolved; open it again if one comes back.";
}

function span(minutes: number): string {
  if (minutes % 60 === 0) return minutes === 60 ? "an hour" : `${minutes / 60} hours`;
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}

function anyOf(choices: readonly string[]): string {
  const [last] = choices.slice(-1);
  if (choices.length < 2) return last ?? "";
  return `${choices.slice(0, -1).join(", ")} or ${last}`;
}
