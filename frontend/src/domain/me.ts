/** Who is signed in here, and what they may do. */
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { keys } from "../api/keys";
import type { Me } from "../api/types";

const FIVE_MINUTES = 5 * 60_000;

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => answer<Me>(api.GET("/api/v1/me", { signal })),
  staleTime: FIVE_MINUTES,
  retry: false,
});

/** Inside the signed-in part of the page, where it is always known already. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** A right, or the sentence that says why not and who can grant it. */
export type Right = { allowed: true; reason?: never } | { allowed: false; reason: string };

export function mayWrite(me: Me): Right {
  if (me.role !== "viewer") return { allowed: true };
  return { allowed: false, reason: "You can read here. An administrator can make you a member." };
}

export function mayAdminister(me: Me): Right {
  if (me.role === "admin") return { allowed: true };
  return { allowed: false, reason: "Only administrators change this. Ask one of them." };
}
