/** The filters of the incident list, and the same as the server's query parameters. */
import type { paths } from "../../api/schema.gen";
import type { Me, User } from "../../api/types";
import { KINDS } from "../../domain/kinds";
import { peopleValues, personNamed } from "../../domain/people";
import { SEVERITIES, SEVERITY_MEANINGS } from "../../domain/severity";
import { STAGES, STATUSES } from "../../domain/stages";
import { asTyped, chosen, chosenOne, type Filters, type Language } from "../../ui/filters/language";

type Query = NonNullable<paths["/api/v1/incidents"]["get"]["parameters"]["query"]>;

/** `people` are known a moment later than the page; names are taken as they are until then. */
export function incidentLanguage(people: readonly User[]): Language {
  return {
    sev: {
      meaning: "Severity, 1 is worst",
      values: Object.fromEntries(
        SEVERITIES.map((each) => [each.slice(-1), SEVERITY_MEANINGS[each]]),
      ),
      spell: (given) => given.toLowerCase().replace(/^sev/, ""),
    },
    status: {
      meaning: "Open, mitigated or resolved",
      values: {
        open: "Still going on",
        mitigated: "People are no longer affected",
        resolved: "Over",
      },
    },
    stage: {
      meaning: "Where its review stands",
      values: {
        recap: "A: what happened",
        discussion: "B: the whys",
        takeaways: "C: what we learned",
        published: "Told to everyone",
      },
    },
    kind: {
      meaning: "Incident, near miss or drill",
      values: { incident: "It went sideways", near_miss: "It nearly did", drill: "On purpose" },
    },
    service: { meaning: "A service it touched", open: true, single: true, spell: asTyped },
    tag: { meaning: "A tag", open: true, single: true, spell: asTyped },
    facilitator: {
      meaning: "Who facilitates its review",
      values: peopleValues(people),
      open: true,
      single: true,
      spell: asTyped,
    },
  };
}

export function incidentQuery(filters: Filters, me: Me, people: readonly User[]): Query {
  const query: Query = {};
  const severity = chosen(
    filters,
    "sev",
    SEVERITIES.map((each) => each.slice(-1)),
  ).map((digit) => `sev${digit}` as (typeof SEVERITIES)[number]);
  const [status, stage, kind] = [
    chosen(filters, "status", STATUSES),
    chosen(filters, "stage", STAGES),
    chosen(filters, "kind", KINDS),
  ];
  const [service, tag] = [chosenOne(filters, "service"), chosenOne(filters, "tag")];
  const facilitator = personNamed(chosenOne(filters, "facilitator"), me, people);
  if (severity.length > 0) query.severity = severity;
  if (status.length > 0) query.status = status;
  if (stage.length > 0) query.stage = stage;
  if (kind.length > 0) query.kind = kind;
  if (service) query.service = service;
  if (tag) query.tag = tag;
  if (facilitator) query.facilitator = facilitator;
  if (filters.words.trim()) query.q = filters.words.trim();
  return query;
}
