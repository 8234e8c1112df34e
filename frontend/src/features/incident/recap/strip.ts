/** Where everything stands on the strip above the timeline; its size does not grow with the events. */
import { scaleUtc } from "d3-scale";
import { clockTime, shortDate } from "../../../ui/time/format";
import { utc, wallTimeAt } from "../../../ui/time/wallClock";
import type { EventKind } from "../types";
import { EVENT_KINDS } from "./kinds";

/** Marks closer together than this are one mark with a number. */
export const BIN_PX = 9;
const TICK_PX = 96;
const PAD_PX = 10;
const DAY_MS = 86_400_000;
const SHORTEST_MS = 10 * 60_000;

interface StripEvent {
  id: string;
  kind: EventKind;
  occurred_at: string;
  pivot: boolean;
}

interface Moments {
  started_at: string;
  detected_at: string | null;
  mitigated_at: string | null;
  resolved_at: string | null;
}

export interface Mark {
  x: number;
  ids: string[];
  pivot: boolean;
}

export interface Strip {
  lanes: Record<EventKind, Mark[]>;
  ticks: { x: number; words: string }[];
  moments: { x: number; word: string; at: string }[];
}

const MOMENT_WORDS = {
  started_at: "Started",
  detected_at: "Noticed",
  mitigated_at: "Mitigated",
  resolved_at: "Resolved",
} as const;

export function buildStrip(
  events: readonly StripEvent[],
  moments: Moments,
  width: number,
  zone: string,
): Strip {
  const named = (Object.keys(MOMENT_WORDS) as (keyof Moments)[]).flatMap((name) => {
    const at = moments[name];
    return at === null ? [] : [{ at, word: MOMENT_WORDS[name] }];
  });
  const [from, to] = extent([
    ...events.map((each) => each.occurred_at),
    ...named.map(({ at }) => at),
  ]);
  const scale = scaleUtc([onWall(from, zone), onWall(to, zone)], [PAD_PX, width - PAD_PX]);
  const x = (at: string) => scale(onWall(Date.parse(at), zone));
  const words = to - from > 2 * DAY_MS ? shortDate : clockTime;
  return {
    lanes: Object.fromEntries(
      EVENT_KINDS.map((kind) => [
        kind,
        marks(
          events.filter((each) => each.kind === kind),
          x,
        ),
      ]),
    ) as Strip["lanes"],
    // The scale runs on wall time written as UTC, so that ticks fall on the zone's full hours.
    ticks: scale
      .ticks(Math.max(2, Math.floor(width / TICK_PX)))
      .map((tick) => ({ x: scale(tick), words: words(tick, "UTC") })),
    moments: named.map(({ at, word }) => ({ x: x(at), word, at })),
  };
}

function marks(events: readonly StripEvent[], x: (at: string) => number): Mark[] {
  const bins = new Map<number, Mark>();
  for (const { id, occurred_at, pivot } of events) {
    const at = x(occurred_at);
    const bin = Math.floor(at / BIN_PX);
    const mark = bins.get(bin) ?? { x: at, ids: [], pivot: false };
    mark.ids.push(id);
    mark.pivot ||= pivot;
    bins.set(bin, mark);
  }
  return [...bins.values()];
}

function extent(times: readonly string[]): [number, number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    const at = Date.parse(time);
    from = Math.min(from, at);
    to = Math.max(to, at);
  }
  return [from, Math.max(to, from + SHORTEST_MS)];
}

function onWall(at: number, zone: string): number {
  const minutes = Math.floor(at / 60_000) * 60_000;
  return utc(wallTimeAt(new Date(minutes), zone)) + (at - minutes);
}
