/** One version beside the list: what it changed, or the whole text as it read then. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Markdown } from "../../../live/markdown/Markdown";
import { CopyButton } from "../../../ui/CopyButton";
import { Loaded } from "../../../ui/Loaded";
import { Tabs } from "../../../ui/Tabs";
import { shortDate } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import { useIncident } from "../IncidentContext";
import { Amount } from "./Amount";
import { differenceQuery, textQuery } from "./api";
import { CompareWith } from "./CompareWith";
import { DifferenceText } from "./DifferenceText";
import type { PassageTitle } from "./passageTitle";
import { RestoreButton } from "./RestoreButton";
import type { Version } from "./types";
import styles from "./VersionDetail.module.css";
import { timeSpan, writerNames } from "./versions";

const VIEWS = [
  { value: "changes", word: "Changes" },
  { value: "text", word: "Whole text" },
] as const;

interface Props {
  version: Version;
  title: PassageTitle;
  /** Of the same text, newest first, as far as they are loaded. */
  versions: readonly Version[];
  /** The number it is compared with, unless it is the version before. */
  from: number | undefined;
  /** Versions of other texts are listed too. */
  amongAll: boolean;
}

export function VersionDetail({ version, title, versions, from, amongAll }: Props) {
  const { incidentKey } = useIncident();
  const zone = useZone();
  const [view, setView] = useState<"changes" | "text">("changes");
  const base = from ?? version.previous_seq;
  return (
    <article className={styles.detail} aria-labelledby="version-heading">
      <header>
        <h2 id="version-heading" className={styles.heading}>
          {title.kind}
          {title.about && <span className={styles.about}> {title.about}</span>}
        </h2>
        <p className={styles.facts}>
          <span>{writerNames(version)}</span>
          <time dateTime={version.ended_at}>
            {shortDate(new Date(version.ended_at), zone)}, {timeSpan(version, zone)}
          </time>
          <Amount added={version.added} removed={version.removed} />
          {amongAll && (
            <Link
              to="/i/$incidentKey/history"
              params={{ incidentKey }}
              search={{ passage: version.passage, seq: version.seq }}
            >
              Only this text
            </Link>
          )}
        </p>
      </header>
      <div className={styles.tools}>
        <Tabs label="Show" tabs={VIEWS} value={view} onChange={setView} />
        <RestoreButton
          version={version}
          isNewest={versions[0]?.seq === version.seq}
          gone={title.gone}
        />
      </div>
      {view === "changes" ? (
        <>
          <CompareWith version={version} versions={versions} from={base} />
          <Changes version={version} from={base} />
        </>
      ) : (
        <WholeText version={version} />
      )}
    </article>
  );
}

function Changes({ version: { passage, seq }, from }: { version: Version; from: number }) {
  const { incidentKey } = useIncident();
  const query = useQuery(differenceQuery(incidentKey, passage, from, seq));
  return (
    <Loaded query={query} label="Loading what differs" rows={3}>
      {({ pieces }) => <DifferenceText pieces={pieces} />}
    </Loaded>
  );
}

function WholeText({ version: { passage, seq } }: { version: Version }) {
  const { incidentKey } = useIncident();
  const query = useQuery(textQuery(incidentKey, passage, seq));
  return (
    <Loaded query={query} label="Loading the text" rows={3}>
      {({ text }) =>
        text.trim() === "" ? (
          <p className={styles.nothing}>Nothing was written here then.</p>
        ) : (
          <>
            <div className={styles.text}>
              <Markdown source={text} />
            </div>
            <CopyButton text={text} what="this text" />
          </>
        )
      }
    </Loaded>
  );
}
