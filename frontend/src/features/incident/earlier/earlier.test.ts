import { expect, it } from "vitest";
import { promisedIn } from "./earlier";

type Known = Parameters<typeof promisedIn>[0][number];

const known = (key: string, ...actions: [string, string | null][]) =>
  ({
    key,
    open_actions: actions.map(([title, due_on]) => ({ title, due_on })),
  }) as Known;

it("puts what is due first before the rest, and says where it was promised", () => {
  const promised = promisedIn([
    known("INC-2", ["Some day", null], ["Soon", "2026-03-01"]),
    known("INC-1"),
    known("INC-3", ["Sooner", "2026-02-01"]),
  ]);
  expect(promised.map(({ title, incidentKey }) => `${title}, ${incidentKey}`)).toEqual([
    "Sooner, INC-3",
    "Soon, INC-2",
    "Some day, INC-2",
  ]);
});
