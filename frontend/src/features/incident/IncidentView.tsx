/** The page of an incident that has loaded: header, the three parts in order, and the way around. */
import { lazy, Suspense, useState } from "react";
import type { Action } from "../../api/types";
import { SectionBoundary } from "../../ui/SectionBoundary";
import { DiscussionSection } from "./discussion/DiscussionSection";
import { FollowBar } from "./header/FollowBar";
import { IncidentHeader } from "./header/IncidentHeader";
import { StoppedNotice } from "./header/StoppedNotice";
import { TopBar } from "./header/TopBar";
import { UnsavedGuard } from "./header/UnsavedGuard";
import styles from "./IncidentView.module.css";
import { PartsRail } from "./PartsRail";
import { usePageKeys } from "./pageKeys";
import { RecapSection } from "./recap/RecapSection";
import { NO_WISH } from "./takeaways/actionWish";
import { TakeawaysSection } from "./takeaways/TakeawaysSection";
import { useReason } from "./useReason";
import { useWarmUp } from "./useWarmUp";

const EarlierIncidents = lazy(() =>
  import("./earlier/EarlierIncidents").then((loaded) => ({ default: loaded.EarlierIncidents })),
);

export function IncidentView() {
  const reason = useReason();
  const [wish, setWish] = useState(NO_WISH);
  const addAction = (origin: NonNullable<Action["origin"]>) =>
    setWish(({ count }) => ({ count: count + 1, origin }));
  usePageKeys();
  useWarmUp(reason === undefined);
  return (
    <div className={styles.page} data-incident-page>
      <TopBar reason={reason} />
      <FollowBar />
      <StoppedNotice />
      <UnsavedGuard />
      <div className={styles.columns}>
        <div className={styles.main}>
          <IncidentHeader reason={reason} />
          <RecapSection reason={reason} />
          <DiscussionSection
            reason={reason}
            onAddAction={({ id }) => addAction({ kind: "why", id })}
          />
          <TakeawaysSection reason={reason} wish={wish} onAddAction={addAction} />
        </div>
        <div className={styles.side}>
          <PartsRail />
          <SectionBoundary>
            <Suspense>
              <EarlierIncidents />
            </Suspense>
          </SectionBoundary>
        </div>
      </div>
    </div>
  );
}
