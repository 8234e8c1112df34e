/** What a message says and what is done about it, signal by signal. */
import type { ReactNode } from "react";
import type { Outcome, Signal } from "../../api/types";
import { SeverityMark } from "../../domain/SeverityMark";
import { TimeText } from "../../ui/time/TimeText";
import styles from "./Reading.module.css";

const DECISIONS: Record<Outcome["decision"], string> = {
  open_incident: "Opens an incident",
  append: "Adds to its incident",
  repeat: "Known already",
  record: "Is recorded",
  ignore: "Changes nothing",
  keep: "Is kept as it came",
};

interface Props {
  signals: Signal[];
  outcome: Outcome[];
}

export function Reading({ signals, outcome }: Props) {
  return (
    <ul className={styles.reading}>
      {outcome.map(({ decision, reason }, index) => {
        const signal = signals[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one message's answer never reorders
          <li key={index} className={styles.item} data-decision={decision}>
            <div className={styles.decision}>
              <strong>{DECISIONS[decision]}</strong>
              <span>{reason}</span>
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
      <Fact name="Title">{title}</Fact>
      <Fact name="Severity">
        {severity && (
          <>
            <SeverityMark severity={severity} />
            {severity_raw && <span className={styles.raw}>from “{severity_raw}”</span>}
          </>
        )}
      </Fact>
      <Fact name="State">{state}</Fact>
      <Fact name="Dedup key">{dedup_key && <code>{dedup_key}</code>}</Fact>
      <Fact name="Service">{service}</Fact>
      <Fact name="Since">{opened_at && <TimeText at={opened_at} />}</Fact>
      <Fact name="Links">{links.join(" ")}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children || <span className={styles.none}>not said</span>}</dd>
    </div>
  );
}
