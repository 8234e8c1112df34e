/** Connects the page with the incident's live channel. */
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { keys } from "../../api/keys";
import { useMe } from "../../domain/me";
import { LiveProvider } from "../../live/LiveProvider";
import { ChangeFeed } from "./api/changeFeed";
import { useIncident } from "./IncidentContext";

export function LiveIncident({ children }: { children: ReactNode }) {
  const { incidentKey, incident } = useIncident();
  const me = useMe();
  const queryClient = useQueryClient();
  const feed = useRef<ChangeFeed>(null);

  useEffect(() => {
    const opened = new ChangeFeed(queryClient, incidentKey);
    feed.current = opened;
    return () => opened.stop();
  }, [queryClient, incidentKey]);

  return (
    <LiveProvider
      incidentId={incident.id}
      canEdit={incident.can_edit}
      me={me}
      onChange={({ entity }) => feed.current?.heard(entity)}
      onBack={() => {
        feed.current?.missedSome();
        // It may have ended because what this person may do has changed.
        void queryClient.invalidateQueries({ queryKey: keys.me });
      }}
    >
      {children}
    </LiveProvider>
  );
}
