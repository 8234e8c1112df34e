/** What an action came out of: leads back to it. */
import { useQuery } from "@tanstack/react-query";
import type { Action } from "../../../api/types";
import { Icon } from "../../../ui/Icon";
import { takeawaysQuery, whysQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import { plainLine } from "../parts/plainLine";
import { focusRow } from "../parts/rows";
import styles from "./ActionsPart.module.css";

export function OriginLink({ origin }: { origin: Action["origin"] }) {
  const words = useOriginWords(origin);
  if (!origin || words === null) return null;
  return (
    <button
      type="button"
      className={styles.origin}
      title={words}
      onClick={() => focusRow(origin.kind, origin.id)}
    >
      <Icon name="arrowLeft" size={12} />
      <span>From “{words}”</span>
    </button>
  );
}

export function useOriginWords(origin: Action["origin"]): string | null {
  const { incidentKey } = useIncident();
  const whys = useQuery(whysQuery(incidentKey)).data;
  const takeaways = useQuery(takeawaysQuery(incidentKey)).data;
  if (!origin) return null;
  if (origin.kind === "why") return whys?.find(({ id }) => id === origin.id)?.question ?? null;
  const takeaway = takeaways?.find(({ id }) => id === origin.id);
  return takeaway ? plainLine(takeaway.text) : null;
}
