/** Reading one incident and all its parts. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../../../api/client";
import { keys } from "../../../api/keys";
import type { Action, Incident } from "../../../api/types";
import type { Participant, Takeaway, TimelineEvent, Why } from "../types";
import { partKeys } from "./keys";

const MOST_PER_PAGE = 100;
// The live channel says when something moved; this is for what it could not say.
const FRESH_MS = 60_000;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

interface PageQuery {
  limit: number;
  cursor?: string;
}

async function allPages<T>(read: (query: PageQuery) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit: MOST_PER_PAGE, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

export const incidentQuery = (incident: string) =>
  queryOptions({
    queryKey: keys.incident(incident),
    queryFn: ({ signal }) =>
      answer<Incident>(
        api.GET("/api/v1/incidents/{incident}", { params: { path: { incident } }, signal }),
      ),
    staleTime: FRESH_MS,
  });

export const eventsQuery = (incident: string) =>
  queryOptions({
    queryKey: partKeys.events(incident),
    queryFn: ({ signal }) =>
      allPages<TimelineEvent>((query) =>
        answer(
          api.GET("/api/v1/incidents/{incident}/events", {
            params: { path: { incident }, query },
            signal,
          }),
        ),
      ),
    staleTime: FRESH_MS,
  });

export const whysQuery = (incident: string) =>
  queryOptions({
    queryKey: partKeys.whys(incident),
    queryFn: ({ signal }) =>
      allPages<Why>((query) =>
        answer(
          api.GET("/api/v1/incidents/{incident}/whys", {
            params: { path: { incident }, query },
            signal,
          }),
        ),
      ),
    staleTime: FRESH_MS,
  });

export const takeawaysQuery = (incident: string) =>
  queryOptions({
    queryKey: partKeys.takeaways(incident),
    queryFn: ({ signal }) =>
      allPages<Takeaway>((query) =>
        answer(
          api.GET("/api/v1/incidents/{incident}/takeaways", {
            params: { path: { incident }, query },
            signal,
          }),
        ),
      ),
    staleTime: FRESH_MS,
  });

export const actionsQuery = (incident: string) =>
  queryOptions({
    queryKey: partKeys.actions(incident),
    queryFn: ({ signal }) =>
      allPages<Action>((query) =>
        answer(
          api.GET("/api/v1/incidents/{incident}/actions", {
            params: { path: { incident }, query },
            signal,
          }),
        ),
      ),
    staleTime: FRESH_MS,
  });

export const participantsQuery = (incident: string) =>
  queryOptions({
    queryKey: partKeys.participants(incident),
    queryFn: ({ signal }) =>
      allPages<Participant>((query) =>
        answer(
          api.GET("/api/v1/incidents/{incident}/participants", {
            params: { path: { incident }, query },
            signal,
          }),
        ),
      ),
    staleTime: FRESH_MS,
  });
