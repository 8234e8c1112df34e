import { expect, it } from "vitest";
import type { Sender, Source } from "../../api/types";
import { testBody, verdictOf, wouldOpen } from "./testMessage";

const source = { id: "s1" } as Source;
const sender = (parts: Partial<Sender>) => ({ signing: "never", steps: "", ...parts }) as Sender;

it("sends what is about no alert", () => {
  expect(testBody(source, sender({}), null)).toEqual({ "second-story-test": expect.any(String) });
});

it("ends what never began where a routing key is needed, and waits for the key", () => {
  const events = sender({ steps: "key {secret}" });
  expect(testBody(source, events, null)).toBeNull();
  expect(testBody(source, events, "k")).toMatchObject({
    routing_key: "k",
    event_action: "resolve",
  });
});

it("holds back a test that would do something", () => {
  expect(wouldOpen([{ decision: "keep", reason: "" }])).toBe(false);
  expect(wouldOpen([{ decision: "open_incident", reason: "" }])).toBe(true);
});

it("tells a refusal from a loss", () => {
  expect([202, 401, 404, 503].map(verdictOf)).toEqual(["taken", "refused", "lost", "lost"]);
});
