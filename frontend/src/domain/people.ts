/** The people of this installation, for choosing owners and facilitators. */
import { queryOptions } from "@tanstack/react-query";
import { allPages } from "../api/allPages";
import { answer, api } from "../api/client";
import { keys } from "../api/keys";
import type { Me, User } from "../api/types";

const MINUTE = 60_000;

export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: ({ signal }) =>
    allPages((page) => answer(api.GET("/api/v1/users", { params: { query: page }, signal }))),
  staleTime: MINUTE,
});

/** People as values of a filter: `me`, and everybody by name. */
export function peopleValues(people: readonly User[]): Record<string, string> {
  const names = people.filter((person) => person.active).map(({ name, email }) => [name, email]);
  return { me: "You", ...Object.fromEntries(names) };
}

/** An id that nobody has: filtering by somebody unknown finds nothing, rather than everything. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** The id of whoever a filter names; null without such a filter. */
export function personNamed(
  name: string | undefined,
  me: Pick<Me, "id">,
  people: readonly User[],
): string | null {
  if (name === undefined) return null;
  const wanted = name.toLowerCase();
  if (wanted === "me") return me.id;
  return people.find((person) => person.name.toLowerCase() === wanted)?.id ?? NOBODY;
}
