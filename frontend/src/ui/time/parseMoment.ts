/** Reads times as people type them: `14:02`, `+5m`, `10 min ago`, `yesterday 23:10`, `3 Oct 14:02`, ISO. */
import { exists, instantsOf, utc, type WallTime, wallTimeAt } from "./wallClock";

export type Reading =
  | { kind: "moment"; at: Date }
  /** Clocks went back, so the time came twice: somebody has to say which. */
  | { kind: "twice"; earlier: Date; later: Date }
  /** Clocks went forward over it. */
  | { kind: "skipped" }
  | { kind: "unread" };

interface Frame {
  zone: string;
  now?: Date;
  /** What `+5m` counts from; now, if nothing else is given. */
  base?: Date;
  /** The day that a bare `14:02` belongs to; today, if nothing else is given. */
  day?: Date;
}

const MINUTE = 60_000;
const UNITS: Record<string, number> = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE };
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const RELATIVE = /^([+-])\s*(\d{1,4})\s*(m|h|d)[a-z]*$/;
const AGO = /^(\d{1,4})\s*(m|h|d)[a-z]*\s+ago$/;
const CLOCK = /(?:^|[\s,t])(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(am|pm)?$/;
const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const NAMED_DAY = /^(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?\s*(z|[+-]\d\d:?\d\d)$/;

export function parseMoment(
  typed: string,
  { zone, now = new Date(), base = now, day = now }: Frame,
): Reading {
  const text = typed.trim().toLowerCase();
  if (text === "now") return { kind: "moment", at: now };
  if (WITH_OFFSET.test(text)) return moment(Date.parse(text.toUpperCase().replace(" ", "T")));
  return relative(text, now, base) ?? onTheWall(text, zone, now, day);
}

function relative(text: string, now: Date, base: Date): Reading | null {
  const [, sign, amount, unit] = RELATIVE.exec(text) ?? [];
  if (unit) return moment(base.getTime() + Number(`${sign}${amount}`) * (UNITS[unit] ?? 0));
  const [, count, each] = AGO.exec(text) ?? [];
  if (each) return moment(now.getTime() - Number(count) * (UNITS[each] ?? 0));
  return null;
}

function onTheWall(text: string, zone: string, now: Date, bareDay: Date): Reading {
  const clock = CLOCK.exec(text);
  if (!clock) return { kind: "unread" };
  const [whole, hours, minutes, half] = clock;
  const day = readDay(
    text
      .slice(0, text.length - whole.length)
      .replace(/,$/, "")
      .trim(),
    zone,
    now,
    bareDay,
  );
  const hour = hourOfDay(Number(hours), half);
  if (!day || hour === null) return { kind: "unread" };
  const wall = { ...day, hour, minute: Number(minutes) };
  return exists(wall) ? reading(wall, zone) : { kind: "unread" };
}

function reading(wall: WallTime, zone: string): Reading {
  const [earlier, later] = instantsOf(wall, zone);
  if (!earlier) return { kind: "skipped" };
  return later ? { kind: "twice", earlier, later } : { kind: "moment", at: earlier };
}

function readDay(
  text: string,
  zone: string,
  now: Date,
  bareDay: Date,
): Pick<WallTime, "year" | "month" | "day"> | null {
  if (text === "") return wallTimeAt(bareDay, zone);
  const today = wallTimeAt(now, zone);
  if (text === "today") return today;
  if (text === "yesterday")
    return wallTimeAt(new Date(utc({ ...today, day: today.day - 1 })), "UTC");
  const [, isoYear, isoMonth, isoDay] = ISO_DAY.exec(text) ?? [];
  if (isoDay) return { year: Number(isoYear), month: Number(isoMonth), day: Number(isoDay) };
  const [, day, name, year] = NAMED_DAY.exec(text) ?? [];
  const month = MONTHS.indexOf(name ?? "") + 1;
  if (month === 0) return null;
  return { year: Number(year ?? today.year), month, day: Number(day) };
}

function hourOfDay(hour: number, half: string | undefined): number | null {
  if (!half) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === "pm" ? 12 : 0);
}

function moment(milliseconds: number): Reading {
  return Number.isNaN(milliseconds)
    ? { kind: "unread" }
    : { kind: "moment", at: new Date(milliseconds) };
}
