import { expect, it } from "vitest";
import { deeperPlace, shallowerPlace, withAdditions } from "./drafts";
import { buildOutline, type OutlineWhy } from "./outline";

const whys: OutlineWhy[] = [
  { id: "a", causes: ["b", "c"], effects: [], position: 0 },
  { id: "b", causes: [], effects: ["a"], position: 1 },
  { id: "c", causes: [], effects: ["a"], position: 2 },
  { id: "d", causes: [], effects: [], position: 3 },
];

function drawn(...additions: Parameters<typeof withAdditions>[1]): string[] {
  return buildOutline(withAdditions(whys, additions)).map(({ number, id }) => `${number} ${id}`);
}

it("shows a new why where it will stand", () => {
  expect(drawn({ id: "n", parent: "a", after: "b" })).toEqual([
    "1 a",
    "1.1 b",
    "1.2 n",
    "1.3 c",
    "2 d",
  ]);
  expect(drawn({ id: "n", parent: "b", after: null })).toEqual([
    "1 a",
    "1.1 b",
    "1.1.1 n",
    "1.2 c",
    "2 d",
  ]);
  expect(drawn({ id: "n", parent: null, after: "a" })).toEqual([
    "1 a",
    "1.1 b",
    "1.2 c",
    "2 n",
    "3 d",
  ]);
  expect(drawn({ id: "n", parent: null, after: null }).at(-1)).toBe("3 n");
});

it("lets one new why stand below another", () => {
  const first = { id: "n", parent: "d", after: null };
  expect(drawn(first, { id: "m", parent: "n", after: null }).slice(-3)).toEqual([
    "2 d",
    "2.1 n",
    "2.1.1 m",
  ]);
});

it("moves deeper and up before it is sent", () => {
  expect(deeperPlace({ parent: "a", after: "b" })).toEqual({ parent: "b", after: null });
  expect(deeperPlace({ parent: "a", after: null })).toBeNull();
  const parentOf = (id: string) => (id === "b" ? "a" : null);
  expect(shallowerPlace({ parent: "b", after: null }, parentOf)).toEqual({
    parent: "a",
    after: "b",
  });
  expect(shallowerPlace({ parent: null, after: "a" }, parentOf)).toBeNull();
});
