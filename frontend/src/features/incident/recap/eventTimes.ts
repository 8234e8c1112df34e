/** Which times an entry being written starts from. */
import { clockTime } from "../../../ui/time/format";
import { parseMoment } from "../../../ui/time/parseMoment";
import { wallTimeAt } from "../../../ui/time/wallClock";

/** Later than this after the last entry, a bare "14:02" means its day rather than today. */
const SAME_SHIFT_MS = 18 * 3_600_000;

/** What `+5m` counts from, and the day of a bare clock time: both go by what was told last. */
export function frameOf(
  occurred: readonly string[],
  startedAt: string,
  now = new Date(),
): { base: Date; day: Date | undefined } {
  const last = Math.max(Date.parse(startedAt), ...occurred.map((at) => Date.parse(at)));
  const base = new Date(last);
  return { base, day: now.getTime() - last > SAME_SHIFT_MS ? base : undefined };
}

/** A moment as people type it: `2020-12-23 14:02`. */
export function typedMoment(at: string, zone: string): string {
  const moment = new Date(at);
  const { year, month, day } = wallTimeAt(moment, zone);
  const date = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  return `${date} ${clockTime(moment, zone)}`;
}

/** The instant that was typed; undefined for nothing, null for what is no single moment. */
export function momentOf(
  typed: string,
  frame: { zone: string; base?: Date; day?: Date | undefined },
): string | null | undefined {
  if (typed.trim() === "") return undefined;
  const reading = parseMoment(typed, { ...frame });
  return reading.kind === "moment" ? reading.at.toISOString() : null;
}
