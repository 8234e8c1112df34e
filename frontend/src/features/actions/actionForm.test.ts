import { describe, expect, it } from "vitest";
import { changes, conflicts, merged, type Values } from "./actionForm";

const before: Values = {
  title: "Rename the datastore",
  status: "open",
  intent: "prevent",
  owner: null,
  due_on: "2026-10-01",
  tracker_url: null,
  evidence: null,
  check_on: null,
  held: null,
};
const mine = { ...before, title: "Rename both datastores", owner: "ada" };
const theirs = { ...before, title: "Rename the dev datastore", due_on: "2026-11-01" };

describe("an action that two people change", () => {
  it("sends only what changed", () => {
    expect(changes(before, mine)).toEqual({ title: "Rename both datastores", owner: "ada" });
    expect(changes(before, { ...before, due_on: null })).toEqual({ due_on: null });
  });

  it("asks only about what both changed", () => {
    expect(conflicts(before, mine, theirs)).toEqual(["title"]);
    expect(conflicts(before, mine, mine)).toEqual([]);
  });

  it("keeps what only one of them changed, whichever way the rest is decided", () => {
    expect(merged(before, mine, theirs, true)).toEqual({ ...mine, due_on: "2026-11-01" });
    expect(merged(before, mine, theirs, false)).toEqual({ ...theirs, owner: "ada" });
  });
});
