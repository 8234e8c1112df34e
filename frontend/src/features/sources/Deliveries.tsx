/** The latest messages of a sender as they arrive, raw and as they were read. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Notice } from "../../ui/Notice";
import { PagedList } from "../../ui/PagedList";
import { deliveriesQuery } from "./api";
import styles from "./Deliveries.module.css";
import { DeliveryRow } from "./DeliveryRow";
import { ReplayMenu } from "./ReplayMenu";
import { useArrivals } from "./useArrivals";

interface Props {
  sourceId: string;
  /** Messages without a right signature are refused, and not kept. */
  signed: boolean;
}

export function Deliveries({ sourceId, signed }: Props) {
  const list = useInfiniteQuery(deliveriesQuery(sourceId));
  const watching = useArrivals(sourceId);
  return (
    <>
      {watching ? (
        <p className={styles.live}>
          <span className={styles.pulse} aria-hidden="true" />
          New messages show here by themselves.
          {signed && " One without a right signature is refused, and not kept."}
        </p>
      ) : (
        <Notice tone="warn">Just now nothing new can be read; it is tried again.</Notice>
      )}
      <PagedList
        list={list}
        label="Loading messages"
        rows={3}
        empty={<p className={styles.none}>Nothing has come yet.</p>}
      >
        {(deliveries) => (
          <>
            <ul className={styles.deliveries} aria-label="Messages, newest first">
              {deliveries.map((delivery) => (
                <li key={delivery.id}>
                  <DeliveryRow sourceId={sourceId} delivery={delivery} />
                </li>
              ))}
            </ul>
            <ReplayMenu sourceId={sourceId} />
          </>
        )}
      </PagedList>
    </>
  );
}
