import { expect, it } from "vitest";
import type { OutlineWhy } from "../outline";
import { edgesOf, NODE, placed } from "./layout";

const whys: OutlineWhy[] = [
  { id: "a", causes: ["b", "c", "gone"], effects: [], position: 0 },
  { id: "b", causes: ["d"], effects: ["a"], position: 1 },
  { id: "c", causes: ["d"], effects: ["a"], position: 2 },
  { id: "d", causes: [], effects: ["b", "c"], position: 3 },
];

function at(id: string) {
  const place = placed(whys).find((each) => each.id === id);
  if (!place) throw new Error(id);
  return place;
}

it("draws an edge for each cause that is there", () => {
  expect(edgesOf(whys).map(({ id }) => id)).toEqual(["a>b", "a>c", "b>d", "c>d"]);
});

it("puts causes below their effects, and nothing on top of each other", () => {
  expect(at("b").y).toBeGreaterThan(at("a").y + NODE.height);
  expect(at("d").y).toBeGreaterThan(at("b").y + NODE.height);
  expect(at("b").y).toBe(at("c").y);
  expect(Math.abs(at("b").x - at("c").x)).toBeGreaterThanOrEqual(NODE.width);
});
