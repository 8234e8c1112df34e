/** When an incident was, as people would say it: "3 Oct, 14:02–17:36, 3 h 34 min". */
import { clockTime, duration, shortDate, shortMoment } from "../../../ui/time/format";

interface Times {
  started_at: string;
  mitigated_at: string | null;
  resolved_at: string | null;
}

export function whenWords(times: Times, zone: string, now = new Date()): string {
  const start = new Date(times.started_at);
  const ended = times.resolved_at ?? times.mitigated_at;
  const from = shortMoment(start, zone, now);
  if (ended === null) return `${from}, for ${duration(now.getTime() - start.getTime())} now`;
  const end = new Date(ended);
  const sameDay = shortDate(start, zone, now) === shortDate(end, zone, now);
  const to = sameDay ? clockTime(end, zone) : ` ${shortMoment(end, zone, now)}`;
  return `${from}${sameDay ? "–" : " –"}${to}, ${duration(end.getTime() - start.getTime())}`;
}
