/** Asks before a page is left whose unsaved words nothing would bring back. */
import type { SyncView } from "../../../live/sync/syncView";
import { useCopyWorks, useSync } from "../../../live/useLiveValues";
import { LeavingGuard } from "../../../ui/LeavingGuard";

const GONE = 4404;

export function UnsavedGuard() {
  const view = useSync();
  const copyWorks = useCopyWorks();
  // Otherwise they are kept in this browser and offered, or sent, on the next visit.
  const wouldBeLost = !copyWorks || (view.kind === "stopped" && view.code === GONE);
  return (
    <LeavingGuard
      unsaved={wouldBeLost && unsavedIn(view) > 0}
      detail="Some of your words are not on the server, and this page is the only place that has them."
    />
  );
}

function unsavedIn(view: SyncView): number {
  return "count" in view ? view.count : 0;
}
