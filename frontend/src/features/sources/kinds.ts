/** The kinds of senders: what each is called, and when to choose it. */
import type { SourceKind } from "../../api/types";

export interface Kind {
  name: string;
  /** When to choose it. */
  when: string;
}

export const SOURCE_KINDS = [
  "alertmanager",
  "pagerduty_v3",
  "pagerduty_events_v2",
  "generic",
] as const satisfies SourceKind[];

export const KINDS: Record<SourceKind, Kind> = {
  alertmanager: {
    name: "Prometheus Alertmanager",
    when: "Alertmanager sends straight to here",
  },
  pagerduty_v3: {
    name: "PagerDuty webhook",
    when: "You page with PagerDuty; it tells us too, signed",
  },
  pagerduty_events_v2: {
    name: "PagerDuty Events API v2",
    when: "A tool that can send to PagerDuty sends to us instead",
  },
  generic: {
    name: "Any JSON",
    when: "Anything else: you say where the title and the rest stand",
  },
};
