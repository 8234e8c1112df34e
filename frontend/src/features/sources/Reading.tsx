/** What a message says and what is done about it, signal by signal. */
import type { ReactNode } from "react";
import type { Outcome, Signal } from "../../api/types";
import { SeverityMark } from "../../domain/SeverityMark";
import { TimeText } from "../../ui/time/TimeText";
import { AlertIncident } from "./AlertIncident";
import { decisionWords } from "./decisions";
import styles from "./Reading.module.css";

interface Props {
  signals: Signal[];
  outcome: Outcome[];
  /** It came from this source and was acted upon; without it, it is only tried. */
  done?: { sourceId: string };
}

export function Reading({ signals, outcome, done }: Props) {
  return (
    <ul className={styles.reading}>
      {outcome.map(({ decision, reason }, index) => {
        const signal = signals[index];
        const { did, would, tone } = decisionWords(decision);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one message's answer never reorders
          <li key={index} className={styles.item} data-tone={tone}>
            <div className={styles.decision}>
              <strong>{done ? did : would}</strong>
              <span>{reason}</span>
              {done && signal?.dedup_key && (
                <AlertIncident sourceId={done.sourceId} dedupKey={signal.dedup_key} />
              )}
            </div>
            {signal && <SignalFacts signal={signal} />}
          </li>
        );
      })}
    </ul>
  );
}

function SignalFacts({ signal }: { signal: Signal }) {
  const { title, severity, severity_raw, dedup_key, service, opened_at, state, links } = signal;
  return (
    <dl className={styles.facts}>
      <Fact name="Title" wide>
        {title}
      </Fact>
      <Fact name="Severity">
        {severity && (
          <>
            <SeverityMark severity={severity} />
            <span className={styles.raw}>
              {severity_raw ? `from “${severity_raw}”` : "as set for silent ones"}
            </span>
          </>
        )}
      </Fact>
      <Fact name="State">{state}</Fact>
      <Fact name="Service">{service}</Fact>
      <Fact name="Since">{opened_at && <TimeText at={opened_at} />}</Fact>
      <Fact name="Dedup key" wide>
        {dedup_key && <code>{dedup_key}</code>}
      </Fact>
      {links.length > 0 && (
        <Fact name="Links" wide>
          {links.map((link) => (
            <span key={link} className={styles.link}>
              {link}
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}

interface FactProps {
  name: string;
  /** On a line of its own. */
  wide?: boolean;
  children: ReactNode;
}

function Fact({ name, wide = false, children }: FactProps) {
  return (
    <div className={wide ? styles.wide : undefined}>
      <dt>{name}</dt>
      <dd>{children || <span className={styles.none}>not said</span>}</dd>
    </div>
  );
}
