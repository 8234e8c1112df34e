/** The page of an incident that has loaded: header, the three parts in order, and the way around. */

import { DiscussionSection } from "./discussion/DiscussionSection";
import { IncidentHeader } from "./header/IncidentHeader";
import { StoppedNotice } from "./header/StoppedNotice";
import { TopBar } from "./header/TopBar";
import styles from "./IncidentView.module.css";
import { PartsRail } from "./PartsRail";
import { usePageKeys } from "./pageKeys";
import { RecapSection } from "./recap/RecapSection";
import { TakeawaysSection } from "./takeaways/TakeawaysSection";
import { useReason } from "./useReason";

export function IncidentView() {
  const reason = useReason();
  usePageKeys();
  return (
    <div className={styles.page}>
      <TopBar reason={reason} />
      <StoppedNotice />
      <div className={styles.columns}>
        <div className={styles.main}>
          <IncidentHeader reason={reason} />
          <RecapSection reason={reason} />
          <DiscussionSection reason={reason} />
          <TakeawaysSection reason={reason} />
        </div>
        <PartsRail />
      </div>
    </div>
  );
}
