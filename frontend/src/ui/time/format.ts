/** Times and spans in words: one short form each, the same on every screen. */

const LOCALE = "en-GB";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}

function yearIn(zone: string, at: Date): string {
  return format(zone, { year: "numeric" }).format(at);
}

/** "14:02" */
export function clockTime(at: Date, zone: string): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** "3 Oct", with the year when it is not this one. */
export function shortDate(at: Date, zone: string, now = new Date()): string {
  const year = yearIn(zone, at) === yearIn(zone, now) ? {} : ({ year: "numeric" } as const);
  // "Sept" is the locale's own habit; three letters keep columns even.
  return format(zone, { day: "numeric", month: "short", ...year })
    .format(at)
    .replace("Sept", "Sep");
}

/** "3 Oct, 14:02" */
export function shortMoment(at: Date, zone: string, now = new Date()): string {
  return `${shortDate(at, zone, now)}, ${clockTime(at, zone)}`;
}

/** "Saturday 3 October 2026, 14:02:05 GMT+2", for whoever needs to be sure. */
export function fullMoment(at: Date, zone: string): string {
  const day = format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const clock = format(zone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return `${day.format(at)}, ${clock.format(at)}`;
}

/** "3 h 34 min"; days only when there are some, minutes only while they matter. */
export function duration(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return "under 1 min";
  const days = Math.floor(span / DAY);
  const hours = Math.floor((span % DAY) / HOUR);
  const minutes = Math.floor((span % HOUR) / MINUTE);
  if (days >= 10) return `${days} d`;
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return `${minutes} min`;
}

/** "4 min ago", "in 3 days", "just now". */
export function relative(at: Date, now = new Date()): string {
  const span = at.getTime() - now.getTime();
  const size = Math.abs(span);
  if (size < MINUTE) return "just now";
  const [unit, length, most] =
    size < HOUR
      ? (["min", MINUTE, 59] as const)
      : size < DAY
        ? (["h", HOUR, 23] as const)
        : (["day", DAY, Number.POSITIVE_INFINITY] as const);
  const count = Math.min(most, Math.round(size / length));
  const amount = unit === "day" ? `${count} ${count === 1 ? "day" : "days"}` : `${count} ${unit}`;
  return span < 0 ? `${amount} ago` : `in ${amount}`;
}

/** "3 Oct" for a plain calendar date such as 2026-10-03, which belongs to no zone. */
export function plainDate(date: string, now = new Date()): string {
  return shortDate(new Date(`${date}T12:00:00Z`), "UTC", now);
}

/** Whole days from today to a plain date; negative when it has passed. */
export function daysUntil(date: string, now = new Date()): number {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((Date.parse(`${date}T00:00:00Z`) - today) / DAY);
}

/** "UTC+2", the offset of a zone at a moment. */
export function offset(at: Date, zone: string): string {
  const parts = format(zone, { timeZoneName: "shortOffset" }).formatToParts(at);
  return (parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC").replace("GMT", "UTC");
}
