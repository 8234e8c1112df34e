/** What else is known of an entry: since when, by whom, from where. */
import { Icon } from "../../../ui/Icon";
import { shortDate } from "../../../ui/time/format";
import { TimeText } from "../../../ui/time/TimeText";
import { useZone } from "../../../ui/time/zone";
import { OutsideLink } from "../parts/OutsideLink";
import type { TimelineEvent } from "../types";
import styles from "./EventRow.module.css";

export function EventMeta({ event }: { event: TimelineEvent }) {
  const zone = useZone();
  const [occurred, known] = [new Date(event.occurred_at), new Date(event.known_at)];
  const knownLater = Math.abs(known.getTime() - occurred.getTime()) >= 60_000;
  const sameDay = shortDate(occurred, zone) === shortDate(known, zone);
  const source = sourceWords(event);
  return (
    <div className={styles.meta}>
      {event.pivot && (
        <span className={styles.turned}>
          <Icon name="flag" size={12} />
          Turning point
        </span>
      )}
      {knownLater && (
        <span title="When the people acting came to know it">
          known <TimeText at={event.known_at} form={sameDay ? "clock" : "moment"} />
        </span>
      )}
      {event.account_of_name && <span>{event.account_of_name}’s account</span>}
      {source && (
        <span className={styles.source}>
          <Icon name={event.source === "alert" ? "bell" : "key"} size={12} />
          {source}
        </span>
      )}
      {event.evidence.map((href) => (
        <OutsideLink key={href} href={href} />
      ))}
    </div>
  );
}

function sourceWords(event: TimelineEvent): string | null {
  switch (event.source) {
    case "alert":
      return `Alert from ${event.author.name}`;
    case "chat":
      return `From chat, by ${event.author.name}`;
    case "api":
      return `By ${event.author.name}`;
    default:
      return null;
  }
}
