import { afterEach, describe, expect, it, vi } from "vitest";
import { answer, api } from "./client";
import { createOnce } from "./idempotency";
import { ApiProblem, isProblem, UNREACHABLE } from "./problem";

function serverAnswers(body: string, init: ResponseInit) {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, init)));
}

const problemOf = async (): Promise<ApiProblem> => {
  const thrown: unknown = await answer(api.GET("/api/v1/me")).catch((error: unknown) => error);
  if (!(thrown instanceof ApiProblem)) throw new Error("no problem was thrown");
  return thrown;
};

afterEach(() => vi.unstubAllGlobals());

describe("an answer outside 2xx", () => {
  it("becomes a problem with everything that the server said", async () => {
    const body = {
      type: "urn:secondstory:problem:invalid",
      title: "Something in the request is not right",
      status: 422,
      code: "invalid",
      detail: "/title: too long",
      request_id: "req-1",
      errors: [
        { pointer: "/title", detail: "too long" },
        { pointer: "/password/new", detail: "too short" },
      ],
    };
    serverAnswers(JSON.stringify(body), {
      status: 422,
      headers: { "Content-Type": "application/problem+json" },
    });
    const problem = await problemOf();
    expect(problem).toMatchObject({ status: 422, code: "invalid", requestId: "req-1" });
    expect(isProblem(problem, "invalid")).toBe(true);
    expect(problem.at("/password/new")).toBe("too short");
    expect(problem.byField()).toEqual({ title: "too long", password: "too short" });
  });

  it("is understood when a proxy answers with a page of its own", async () => {
    serverAnswers("<h1>Bad gateway</h1>", {
      status: 502,
      headers: { "Content-Type": "text/html", "X-Request-Id": "req-2" },
    });
    expect(await problemOf()).toMatchObject({
      status: 502,
      code: "unknown",
      requestId: "req-2",
      errors: [],
    });
  });

  it("carries how long to wait", async () => {
    serverAnswers("{}", { status: 429, headers: { "Retry-After": "30" } });
    expect((await problemOf()).retryAfter).toBe(30);
  });
});

it("tells a missing connection from a refusal", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  expect((await problemOf()).code).toBe(UNREACHABLE);
});

it("keeps the key of a creation while its content stays the same", () => {
  const once = createOnce();
  const first = once({ title: "Blank page" });
  expect(once({ title: "Blank page" })).toEqual(first);
  expect(once({ title: "Blank order page" })).not.toEqual(first);
});
