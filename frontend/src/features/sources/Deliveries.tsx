/** The latest messages of a sender, raw and as they were read. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Delivery } from "../../api/types";
import { PagedList } from "../../ui/PagedList";
import { TimeText } from "../../ui/time/TimeText";
import { deliveriesQuery } from "./api";
import styles from "./Deliveries.module.css";
import { Reading } from "./Reading";

export function Deliveries({ sourceId }: { sourceId: string }) {
  const list = useInfiniteQuery(deliveriesQuery(sourceId));
  return (
    <PagedList
      list={list}
      label="Loading messages"
      rows={3}
      empty={
        <p className={styles.none}>
          Nothing yet. The first message shows here as soon as it arrives.
        </p>
      }
    >
      {(deliveries) => (
        <ul className={styles.deliveries}>
          {deliveries.map((delivery) => (
            <li key={delivery.id}>
              <DeliveryDetails delivery={delivery} />
            </li>
          ))}
        </ul>
      )}
    </PagedList>
  );
}

function DeliveryDetails({ delivery }: { delivery: Delivery }) {
  const titles = delivery.signals.map((signal) => signal.title).filter(Boolean);
  return (
    <details className={styles.delivery}>
      <summary>
        <TimeText at={delivery.received_at} />
        <span className={styles.title}>
          {titles.join(" · ") || "Not understood, kept as it came"}
        </span>
        <span className={styles.decision}>{delivery.outcome[0]?.reason}</span>
      </summary>
      <div className={styles.body}>
        <Reading signals={delivery.signals} outcome={delivery.outcome} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long payloads must scroll by keyboard */}
        <pre tabIndex={0} className={styles.raw}>
          {pretty(delivery.body)}
        </pre>
      </div>
    </details>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
