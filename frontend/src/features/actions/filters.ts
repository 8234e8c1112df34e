/** The filters of the action list, and the same as the server's query parameters. */
import type { paths } from "../../api/schema.gen";
import type { Me, User } from "../../api/types";
import { ACTION_STATUSES, INTENTS } from "../../domain/actions";
import { peopleValues, personNamed } from "../../domain/people";
import { asTyped, chosen, chosenOne, type Filters, type Language } from "../../ui/filters/language";

type Query = NonNullable<paths["/api/v1/actions"]["get"]["parameters"]["query"]>;

const DAY = 86_400_000;
const DUE_WITHIN: Record<string, number> = { today: 1, week: 7, month: 30 };

export function actionLanguage(people: readonly User[]): Language {
  return {
    status: {
      meaning: "Open, in progress, done or dropped",
      values: {
        open: "Nobody has begun",
        in_progress: "Somebody is at it",
        done: "Done",
        dropped: "Not worth doing after all",
      },
    },
    intent: {
      meaning: "What it is for",
      values: {
        prevent: "So that it is less likely",
        detect: "So that we see it sooner",
        mitigate: "So that it hurts less",
        learn: "So that we understand more",
      },
    },
    owner: {
      meaning: "Who looks after it",
      values: peopleValues(people),
      open: true,
      single: true,
      spell: asTyped,
    },
    due: {
      meaning: "Due by then, or before",
      values: {
        today: "By the end of today",
        week: "Within seven days",
        month: "Within thirty days",
      },
      single: true,
    },
    incident: {
      meaning: "Of one incident, such as INC-42",
      open: true,
      single: true,
      spell: (key) => key.toUpperCase(),
    },
  };
}

export function actionQuery(filters: Filters, me: Me, people: readonly User[]): Query {
  const query: Query = {};
  const [status, intent] = [
    chosen(filters, "status", ACTION_STATUSES),
    chosen(filters, "intent", INTENTS),
  ];
  const owner = personNamed(chosenOne(filters, "owner"), me, people);
  const days = DUE_WITHIN[chosenOne(filters, "due") ?? ""];
  const incident = chosenOne(filters, "incident");
  if (status.length > 0) query.status = status;
  if (intent.length > 0) query.intent = intent;
  if (owner) query.owner = owner;
  if (days !== undefined) query.due_before = dateIn(days);
  if (incident) query.incident = incident;
  if (filters.words.trim()) query.q = filters.words.trim();
  return query;
}

function dateIn(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}
