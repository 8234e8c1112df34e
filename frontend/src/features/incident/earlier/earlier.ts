/** What earlier incidents tell this one: what was promised after them, and which they were. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../api/client";
import { keys } from "../../../api/keys";
import type { components } from "../../../api/schema.gen";

type Known = components["schemas"]["KnownIncident"];

export type Promised = Known["open_actions"][number] & { incidentKey: string };

const FRESH_MS = 60_000;

export const earlierQuery = (incident: string) =>
  queryOptions({
    queryKey: keys.earlier(incident),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/incidents/{incident}/related", { params: { path: { incident } }, signal }),
      ),
    select: ({ items }) => items,
    staleTime: FRESH_MS,
  });

/** Those that are due first come first; those without a day last. */
export function promisedIn(known: readonly Known[]): Promised[] {
  return known
    .flatMap(({ key, open_actions }) =>
      open_actions.map((action) => ({ ...action, incidentKey: key })),
    )
    .sort((one, other) => (one.due_on ?? "9999").localeCompare(other.due_on ?? "9999"));
}

export function becauseWords({ because }: Pick<Known, "because">): string {
  return because === "same_alert" ? "the same alert" : "the same service";
}
