import { expect, it } from "vitest";
import type { Outcome } from "../../api/types";
import { replayWords, since } from "./replays";

const became = (...decisions: Outcome["decision"][]) => ({
  outcome: decisions.map((decision) => ({ decision, reason: "" })),
});

it("tells what came of reading again", () => {
  expect(replayWords([])).toBe("There was nothing to read again.");
  expect(replayWords([became("open_incident", "repeat")])).toBe(
    "One message read again: 1 opened an incident.",
  );
  expect(replayWords([became("keep"), became("append"), became("keep")])).toBe(
    "3 messages read again: 1 went to an open incident, 2 stayed as they were.",
  );
});

it("reaches back from now", () => {
  expect(since(3_600_000, Date.parse("2026-01-01T12:00:00Z"))).toBe("2026-01-01T11:00:00.000Z");
});
