/** Whether what was written is on the server's disk: text and icon, never a dialog. */
import type { SyncView } from "../../../live/sync/syncView";
import { wordsOf } from "../../../live/sync/syncView";
import { useCopyWorks, useSync } from "../../../live/useLiveValues";
import { Icon } from "../../../ui/Icon";
import type { IconName } from "../../../ui/iconPaths";
import styles from "./SyncStatus.module.css";

const ICONS: Record<SyncView["kind"], IconName> = {
  connecting: "cloud",
  saved: "check",
  saving: "cloud",
  offline: "wifiOff",
  read_only: "eye",
  stopped: "warning",
};

const EXPLAINED: Record<SyncView["kind"], string> = {
  connecting: "Connecting to the server",
  saved: "Everything is on the server’s disk",
  saving: "On its way to the server’s disk",
  offline: "Go on writing: it is kept in this browser and sent when the connection is back",
  read_only: "You can read along; everything shows as it is written",
  stopped: "Writing has stopped here; see above",
};

const IN_THIS_TAB = "Go on writing, and leave this tab open: this browser keeps nothing for later";

export function SyncStatus() {
  const view = useSync();
  const copyWorks = useCopyWorks();
  const inThisTabOnly = view.kind === "offline" && !copyWorks;
  const title = inThisTabOnly ? IN_THIS_TAB : EXPLAINED[view.kind];
  return (
    <div className={styles.status} data-sync data-kind={view.kind} title={title}>
      <Icon name={ICONS[view.kind]} size={14} />
      <span className={styles.words}>{wordsOf(view)}</span>
      {/* Counts tick with every key; readers hear only that the state is another one. */}
      <span className="visually-hidden" role="status">
        {SPOKEN[view.kind]}
      </span>
    </div>
  );
}

const SPOKEN: Record<SyncView["kind"], string> = {
  connecting: "",
  saved: "Saved",
  saving: "",
  offline: "Offline, changes are kept here",
  read_only: "Read-only",
  stopped: "Writing has stopped; reload to edit",
};
