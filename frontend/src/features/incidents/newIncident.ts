/** The form of a new incident, and what of it is sent. */
import type { IncidentCreate, IncidentKind, IncidentStatus, Severity } from "../../api/types";
import { draft } from "../../ui/draft";
import { parseMoment } from "../../ui/time/parseMoment";

export interface NewIncident {
  title: string;
  kind: IncidentKind;
  severity: Severity;
  status: IncidentStatus;
  startedAt: string;
  services: string[];
  tags: string[];
  restricted: boolean;
  summary: string;
}

export const BLANK: NewIncident = {
  title: "",
  kind: "incident",
  severity: "sev3",
  status: "open",
  startedAt: "",
  services: [],
  tags: [],
  restricted: false,
  summary: "",
};

export const newIncidentDraft = draft<NewIncident>("new-incident");

export function startProblem(typed: string, zone: string): string | null {
  if (typed.trim() === "") return null;
  return parseMoment(typed, { zone }).kind === "moment" ? null : "This needs to be one moment.";
}

/** Only what was said; the server knows the rest. */
export function toBody(form: NewIncident, zone: string): IncidentCreate {
  const start = parseMoment(form.startedAt, { zone });
  return {
    title: form.title.trim(),
    kind: form.kind,
    severity: form.severity,
    status: form.status,
    visibility: form.restricted ? "restricted" : "everyone",
    services: form.services,
    tags: form.tags,
    ...(start.kind === "moment" ? { started_at: start.at.toISOString() } : {}),
    ...(form.summary.trim() ? { summary: form.summary } : {}),
  };
}
