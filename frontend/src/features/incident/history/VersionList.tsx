/** Versions under the days they were written on; J and K walk them, Enter opens one. */
import { useRef } from "react";
import { useRowKeys } from "../../../ui/keyboard/useRowKeys";
import { useZone } from "../../../ui/time/zone";
import type { PassageTitle } from "./passageTitle";
import type { Version } from "./types";
import styles from "./VersionList.module.css";
import { VersionRow } from "./VersionRow";
import { byDay, isSame } from "./versions";

interface Props {
  incidentKey: string;
  versions: readonly Version[];
  chosen: Version | undefined;
  /** Given where versions of several texts are listed. */
  titleOf: ((passage: string) => PassageTitle) | undefined;
}

export function VersionList({ incidentKey, versions, chosen, titleOf }: Props) {
  const zone = useZone();
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list, "History");
  return (
    <div ref={list}>
      {byDay(versions, zone).map((day) => (
        <section key={day.name}>
          <h2 className={styles.day}>{day.name}</h2>
          <ul className={styles.versions}>
            {day.versions.map((version) => (
              // Its number grows while people write on; what came before it stays.
              <li key={`${version.passage} ${version.previous_seq}`}>
                <VersionRow
                  incidentKey={incidentKey}
                  version={version}
                  title={titleOf?.(version.passage)}
                  chosen={chosen !== undefined && isSame(version, chosen)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
