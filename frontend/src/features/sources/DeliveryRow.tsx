/** One message: when, about what, what was done; opened, all that is kept of it. */
import { useState } from "react";
import type { Delivery } from "../../api/types";
import { CopyButton } from "../../ui/CopyButton";
import { TimeText } from "../../ui/time/TimeText";
import { DecisionMark } from "./DecisionMark";
import styles from "./Deliveries.module.css";
import { decisive } from "./decisions";
import { pretty } from "./pretty";
import { Reading } from "./Reading";
import { ReplayOne } from "./ReplayOne";

interface Props {
  sourceId: string;
  delivery: Delivery;
}

export function DeliveryRow({ sourceId, delivery }: Props) {
  const [opened, setOpened] = useState(false);
  const titles = delivery.signals.map((signal) => signal.title).filter(Boolean);
  const outcome = decisive(delivery.outcome);
  return (
    <details className={styles.delivery} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <TimeText at={delivery.received_at} />
        <span className={styles.words}>
          <span className={styles.title}>{titles.join(" · ") || "About no alert"}</span>
          <span className={styles.reason}>{outcome?.reason}</span>
        </span>
        {outcome && <DecisionMark outcome={outcome} />}
      </summary>
      {opened && (
        <div className={styles.body}>
          <Reading signals={delivery.signals} outcome={delivery.outcome} />
          <ReplayOne sourceId={sourceId} delivery={delivery} />
          <h3 className={styles.part}>Headers, without secrets</h3>
          <dl className={styles.headers}>
            {Object.entries(delivery.headers).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <div className={styles.part}>
            <h3>Body</h3>
            <CopyButton text={delivery.body} what="body" />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long payloads must scroll by keyboard */}
          <pre tabIndex={0} className={styles.raw}>
            {pretty(delivery.body) || "(empty)"}
          </pre>
        </div>
      )}
    </details>
  );
}
