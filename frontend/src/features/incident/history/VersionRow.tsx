/** One version in the list: who wrote, when, how much; it opens beside the list. */
import { Link } from "@tanstack/react-router";
import { Avatar } from "../../../ui/Avatar";
import { Icon } from "../../../ui/Icon";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { useZone } from "../../../ui/time/zone";
import { Amount } from "./Amount";
import type { PassageTitle } from "./passageTitle";
import type { Version } from "./types";
import styles from "./VersionRow.module.css";
import { timeSpan, writerNames } from "./versions";

/** More do not fit beside the words. */
const MOST_AVATARS = 2;

interface Props {
  incidentKey: string;
  version: Version;
  /** What the text is called, where versions of several texts are listed. */
  title: PassageTitle | undefined;
  chosen: boolean;
}

export function VersionRow({ incidentKey, version, title, chosen }: Props) {
  const zone = useZone();
  return (
    <Link
      {...ROW}
      className={styles.version}
      aria-current={chosen || undefined}
      to="/i/$incidentKey/history"
      params={{ incidentKey }}
      search={({ passage }) => ({
        ...(passage ? { passage } : { of: version.passage }),
        seq: version.seq,
      })}
      resetScroll={false}
    >
      <Writers version={version} />
      <span className={styles.words}>
        {title && (
          <span className={styles.title}>
            {title.kind}
            {title.about && <span className={styles.about}> {title.about}</span>}
          </span>
        )}
        <span className={title ? styles.names : styles.title}>{writerNames(version)}</span>
      </span>
      <span className={styles.facts}>
        <time dateTime={version.ended_at}>{timeSpan(version, zone)}</time>
        <Amount added={version.added} removed={version.removed} />
      </span>
    </Link>
  );
}

function Writers({ version }: { version: Version }) {
  const shown = version.writers.slice(0, MOST_AVATARS);
  return (
    <span className={styles.writers}>
      {shown.map(({ id, name }) => (
        <Avatar key={id ?? name} id={id} name={name} size={22} decorative />
      ))}
      {shown.length === 0 && <Icon name="trash" size={14} />}
    </span>
  );
}
