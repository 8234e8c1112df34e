/** Names of texts on this page, from the parts of the incident they belong to. */
import { useQuery } from "@tanstack/react-query";
import { eventsQuery, takeawaysQuery, whysQuery } from "../api/queries";
import { type PassageTitle, passageTitle } from "./passageTitle";

export function usePassageTitle(incidentKey: string): (passage: string) => PassageTitle {
  const { data: events } = useQuery(eventsQuery(incidentKey));
  const { data: whys } = useQuery(whysQuery(incidentKey));
  const { data: takeaways } = useQuery(takeawaysQuery(incidentKey));
  return (passage) => passageTitle(passage, { events, whys, takeaways });
}
