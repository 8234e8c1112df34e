/** What the incident is, when it was, who takes part and how far its review has come. */

import type { Incident } from "../../../api/types";
import { KIND_WORDS } from "../../../domain/kinds";
import { CopyButton } from "../../../ui/CopyButton";
import { Icon } from "../../../ui/Icon";
import { PAGE_HEADING } from "../../../ui/pageHeading";
import { usePageTitle } from "../../../ui/pageTitle";
import { useGuardedIncident } from "../api/incident";
import { useIncident } from "../IncidentContext";
import { InlineText } from "../parts/InlineText";
import { HistoryLink } from "./HistoryLink";
import styles from "./IncidentHeader.module.css";
import { Labels } from "./Labels";
import { Participants } from "./Participants";
import { ReportMenu } from "./ReportMenu";
import { SeverityMenu } from "./SeverityMenu";
import { Stages } from "./Stages";
import { StatusMenu } from "./StatusMenu";
import { When } from "./When";

const LONGEST_TITLE = 300;

export function IncidentHeader({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const change = useGuardedIncident();
  usePageTitle(`${incident.key} ${incident.title}`);
  return (
    <header className={styles.header}>
      <div className={styles.above}>
        {incident.kind !== "incident" && (
          <span className={styles.tag}>{KIND_WORDS[incident.kind]}</span>
        )}
        {incident.visibility === "restricted" && (
          <span className={styles.tag} title="Only its participants and administrators see it">
            <Icon name="lock" size={12} /> Restricted
          </span>
        )}
        <span className={styles.channel} title="The name of its channel, wherever you talk">
          #{incident.channel_name}
        </span>
        <CopyButton text={incident.channel_name} what="channel name" />
      </div>
      <h1 id={PAGE_HEADING} tabIndex={-1}>
        <InlineText
          value={incident.title}
          label="Title"
          maxLength={LONGEST_TITLE}
          editable={reason === undefined}
          theirs={(theirs) => (theirs as Incident).title}
          save={(title, base) => change({ title }, { title: base })}
        />
      </h1>
      <div className={styles.facts}>
        <SeverityMenu reason={reason} />
        <StatusMenu reason={reason} />
        <When reason={reason} />
        <Labels reason={reason} />
      </div>
      <Participants reason={reason} />
      <div className={styles.review}>
        <Stages reason={reason} />
        <div className={styles.ways}>
          <HistoryLink />
          <ReportMenu />
        </div>
      </div>
    </header>
  );
}
