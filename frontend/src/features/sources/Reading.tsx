/** What a message says and what is done about it, signal by signal. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { KeptOutcome, Outcome, Signal } from "../../api/types";
import { SeverityMark } from "../../domain/SeverityMark";
import { TimeText } from "../../ui/time/TimeText";
import { decisionWords } from "./decisions";
import styles from "./Reading.module.css";

interface Props {
  signals: Signal[];
  /** Of a message that came, with the incidents it belongs to; otherwise it is only tried. */
  outcome: (Outcome | KeptOutcome)[];
}

export function Reading({ signals, outcome }: Props) {
  return (
    <ul className={styles.reading}>
      {outcome.map((each, index) => {
        const signal = signals[index];
        const { did, would, tone } = decisionWords(each.decision);
        const came = "incident_key" in each;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one message's answer never reorders
          <li key={index} className={styles.item} data-tone={tone}>
            <div className={styles.decision}>
              <strong>{came ? did : would}</strong>
              <span>{each.reason}</span>
              {came && each.incident_key && (
                <Link to="/i/$incidentKey" params={{ incidentKey: each.incident_key }}>
                  {each.incident_key}
                </Link>
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
