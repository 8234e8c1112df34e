/** Between what a clock on the wall of a zone says and the instant it means, across DST changes. */

export interface WallTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export function wallTimeAt(at: Date, zone: string): WallTime {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, hour, minute };
}

/** The instants at which the wall clock says so: one, two when clocks go back, none when they skip it. */
export function instantsOf(wall: WallTime, zone: string): Date[] {
  const asUtc = utc(wall);
  const offsets = new Set(
    [-DAY, DAY].map((shift) => {
      const near = new Date(asUtc + shift);
      return utc(wallTimeAt(near, zone)) - Math.floor(near.getTime() / 60_000) * 60_000;
    }),
  );
  return [...offsets]
    .map((offset) => new Date(asUtc - offset))
    .filter((at) => utc(wallTimeAt(at, zone)) === asUtc)
    .sort((one, other) => one.getTime() - other.getTime());
}

/** Milliseconds since 1970 if the wall hung in Greenwich. */
export function utc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** Whether such a day and time stand in the calendar at all: no 30 February, no 25 o'clock. */
export function exists(wall: WallTime): boolean {
  const date = new Date(utc(wall));
  return (
    date.getUTCMonth() + 1 === wall.month &&
    date.getUTCDate() === wall.day &&
    wall.hour < 24 &&
    wall.minute < 60
  );
}
