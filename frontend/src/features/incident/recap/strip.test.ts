import { describe, expect, it } from "vitest";
import type { EventKind } from "../types";
import { buildStrip } from "./strip";

const WIDTH = 700;
const MOMENTS = {
  started_at: "2020-12-23T14:00:00Z",
  detected_at: "2020-12-23T14:10:00Z",
  mitigated_at: null,
  resolved_at: "2020-12-23T18:00:00Z",
};

function event(id: string, kind: EventKind, time: string, pivot = false) {
  return { id, kind, occurred_at: `2020-12-23T${time}Z`, pivot };
}

describe("the strip", () => {
  it("spans from the first to the last that is known", () => {
    const { moments } = buildStrip([], MOMENTS, WIDTH, "UTC");
    expect(moments.map(({ word }) => word)).toEqual(["Started", "Noticed", "Resolved"]);
    expect(moments[0]?.x).toBe(10);
    expect(moments.at(-1)?.x).toBe(WIDTH - 10);
  });

  it("has a lane for each kind, and one mark for what stands too close", () => {
    const events = [
      event("a", "action", "15:00:00"),
      event("b", "action", "15:00:20", true),
      event("c", "effect", "15:00:00"),
      event("d", "action", "16:30:00"),
    ];
    const { lanes } = buildStrip(events, MOMENTS, WIDTH, "UTC");
    expect(lanes.action.map(({ ids }) => ids)).toEqual([["a", "b"], ["d"]]);
    expect(lanes.action[0]?.pivot).toBe(true);
    expect(lanes.effect).toHaveLength(1);
    expect(lanes.understanding).toHaveLength(0);
  });

  it("does not grow with the events", () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      event(String(index), "effect", `15:${String(index % 60).padStart(2, "0")}:00`),
    );
    expect(buildStrip(many, MOMENTS, WIDTH, "UTC").lanes.effect.length).toBeLessThan(WIDTH / 9);
  });

  it("puts its ticks on the full hours of the zone on show", () => {
    const { ticks } = buildStrip([], MOMENTS, WIDTH, "Asia/Kolkata");
    expect(ticks).toHaveLength(9);
    expect(ticks.every(({ words }) => /:[03]0$/.test(words))).toBe(true);
  });
});
