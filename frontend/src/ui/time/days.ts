/** "Wednesday, 23 December 2020": the day of a moment, as a heading. */
const formats = new Map<string, Intl.DateTimeFormat>();

export function fullDay(at: Date, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
    });
  formats.set(zone, format);
  return format.format(at);
}
