/** Where everything stands on the strip above the timeline; its size does not grow with the events. */
import { clockTime, shortDate } from "../../../ui/time/format";
import { utc, wallTimeAt } from "../../../ui/time/wallClock";
import type { EventKind } from "../types";
import { EVENT_KINDS } from "./kinds";

/** Marks closer together than this are one mark with a number. */
export const BIN_PX = 9;
const TICK_PX = 72;
const PAD_PX = 10;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SHORTEST_MS = 10 * MINUTE_MS;
/** Between two ticks; what is longer goes by doublings of four weeks. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];

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
  // On wall time written as UTC, so that ticks fall on the zone's full hours and days.
  const [start, end] = [onWall(from, zone), onWall(to, zone)];
  const place = (at: number) =>
    PAD_PX + ((at - start) / (end - start)) * Math.max(0, width - 2 * PAD_PX);
  const x = (at: string) => place(onWall(Date.parse(at), zone));
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
    ticks: roundTimes(start, end, Math.floor(width / TICK_PX)).map((at) => ({
      x: place(at),
      words: words(new Date(at), "UTC"),
    })),
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

/** At most so many round times in between, as close together as that allows. */
function roundTimes(from: number, to: number, most: number): number[] {
  const needed = (to - from) / Math.max(1, most);
  let step = STEPS.find((each) => each >= needed) ?? 28 * DAY_MS;
  while (step < needed) step *= 2;
  const first = Math.ceil(from / step) * step;
  return Array.from(
    { length: Math.floor((to - first) / step) + 1 },
    (_, index) => first + index * step,
  );
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
  const minutes = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  return utc(wallTimeAt(new Date(minutes), zone)) + (at - minutes);
}
