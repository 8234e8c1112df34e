/** The typed way to the server: every address and shape comes from the generated specification. */
import createClient from "openapi-fetch";
import { problemFrom, unreachable } from "./problem";
import type { paths } from "./schema.gen";

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that tests can replace it.
  fetch: (request) => globalThis.fetch(request),
  // `status=open&status=mitigated`: the shape of the server's repeatable filters.
  querySerializer: { array: { style: "form", explode: true } },
});

type Call<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** A representation with the ETag that a later change of it sends as If-Match. */
export interface Tagged<T> {
  value: T;
  etag: string | null;
}

/** Returns the body of a success and throws `ApiProblem` for anything else. */
export async function answer<T>(call: Call<T>): Promise<T> {
  return (await answerTagged(call)).value;
}

export async function answerTagged<T>(call: Call<T>): Promise<Tagged<T>> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (!response.ok) throw problemFrom(response, error);
  return { value: data as T, etag: response.headers.get("ETag") };
}

/** Headers of a change made while looking at the representation with this tag. */
export function ifMatch(etag: string | null): Record<string, string> {
  return etag === null ? {} : { "If-Match": etag };
}
