/** A moment in the zone on show; its title tells it in every zone that matters. */
import { clockTime, fullMoment, relative, shortDate, shortMoment } from "./format";
import { useZone, zoneName } from "./zone";

type Form = "moment" | "date" | "clock" | "relative";

const FORMS: Record<Form, (at: Date, zone: string) => string> = {
  moment: shortMoment,
  date: shortDate,
  clock: clockTime,
  relative: (at) => relative(at),
};

export function TimeText({ at, form = "moment" }: { at: string; form?: Form }) {
  const zone = useZone();
  const moment = new Date(at);
  // A plain title: rows by the hundred would make a floating tooltip each too dear.
  const zones = [...new Set([zone, zoneName("mine"), "UTC"])];
  return (
    <time dateTime={at} title={zones.map((each) => fullMoment(moment, each)).join("\n")}>
      {FORMS[form](moment, zone)}
    </time>
  );
}
