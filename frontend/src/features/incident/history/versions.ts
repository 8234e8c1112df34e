/** Lists of versions: by day, by who wrote, and the one that an address means. */
import { fullDay } from "../../../ui/time/days";
import { clockTime, shortDate, shortMoment } from "../../../ui/time/format";
import type { Version } from "./types";

export interface Day {
  name: string;
  versions: Version[];
}

/** Versions, newest first, under the day they ended on. */
export function byDay(versions: readonly Version[], zone: string): Day[] {
  const days: Day[] = [];
  for (const version of versions) {
    const name = fullDay(new Date(version.ended_at), zone);
    const day = days.at(-1);
    if (day?.name === name) day.versions.push(version);
    else days.push({ name, versions: [version] });
  }
  return days;
}

/** "Ada", "Ada and Grace", "Ada, Grace and Lin"; what went with its entry was written by nobody. */
export function writerNames({ writers }: Pick<Version, "writers">): string {
  const names = writers.map(({ name }) => name);
  const last = names.pop();
  if (last === undefined) return "Went with its entry";
  return names.length > 0 ? `${names.join(", ")} and ${last}` : last;
}

/** "12:03 – 12:09", or one time when it was done within a minute. */
export function timeSpan(version: Pick<Version, "began_at" | "ended_at">, zone: string): string {
  const [began, ended] = [new Date(version.began_at), new Date(version.ended_at)];
  const [from, to] = [clockTime(began, zone), clockTime(ended, zone)];
  if (shortDate(began, zone) !== shortDate(ended, zone))
    return `${shortMoment(began, zone)} – ${shortMoment(ended, zone)}`;
  return from === to ? from : `${from} – ${to}`;
}

/**
 * The version that holds an update. While people go on writing, the newest one grows, and its
 * number with it; an address that was copied meanwhile still means the same.
 */
export function versionAt(
  versions: readonly Version[],
  passage: string,
  seq: number,
): Version | undefined {
  return versions.find(
    (version) => version.passage === passage && version.previous_seq < seq && seq <= version.seq,
  );
}

/** Whether two readings are of one version, which may have grown in between. */
export function isSame(one: Version, other: Version): boolean {
  return one.passage === other.passage && one.previous_seq === other.previous_seq;
}
