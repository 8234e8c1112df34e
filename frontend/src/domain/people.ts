/** The people of this installation, for choosing owners and facilitators. */
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { keys } from "../api/keys";
import type { User } from "../api/types";

const MINUTE = 60_000;
const MOST_PER_PAGE = 100;

export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: ({ signal }) => allUsers(signal),
  staleTime: MINUTE,
});

async function allUsers(signal: AbortSignal): Promise<User[]> {
  const users: User[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await answer(
      api.GET("/api/v1/users", {
        params: { query: { limit: MOST_PER_PAGE, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    );
    users.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return users;
}
