/** A small message in the shape of some senders, to try things with before one has come. */
import type { SourceKind } from "../../api/types";

export const SAMPLES: Partial<Record<SourceKind, object>> = {
  alertmanager: {
    version: "4",
    groupKey: '{}:{alertname="HighErrorRate"}',
    status: "firing",
    receiver: "second-story",
    groupLabels: { alertname: "HighErrorRate" },
    commonLabels: { alertname: "HighErrorRate", service: "checkout", severity: "critical" },
    commonAnnotations: { summary: "Checkout answers one request in eight with an error" },
    externalURL: "https://alertmanager.example.org",
    alerts: [
      {
        status: "firing",
        labels: { alertname: "HighErrorRate", service: "checkout", severity: "critical" },
        annotations: { summary: "Checkout answers one request in eight with an error" },
        startsAt: "2020-12-23T14:02:00Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "https://prometheus.example.org/graph",
        fingerprint: "29b961cb69de5fa7",
      },
    ],
  },
  pagerduty_v3: {
    event: {
      id: "01CZ5Q2X9W",
      event_type: "incident.triggered",
      resource_type: "incident",
      occurred_at: "2020-12-23T14:02:00Z",
      data: {
        id: "PGR0VU2",
        type: "incident",
        html_url: "https://example.pagerduty.com/incidents/PGR0VU2",
        number: 2,
        status: "triggered",
        created_at: "2020-12-23T14:02:00Z",
        title: "Checkout answers with errors",
        service: { id: "PF9KMXH", summary: "Checkout", type: "service_reference" },
        urgency: "high",
      },
    },
  },
  pagerduty_events_v2: {
    routing_key: "00000000000000000000000000000000",
    event_action: "trigger",
    dedup_key: "checkout-errors",
    payload: {
      summary: "Checkout answers with errors",
      source: "checkout-1",
      severity: "critical",
    },
  },
  generic: {
    check: { name: "Checkout answers with errors", id: "checkout-errors", level: "critical" },
    status: "broken",
    at: "2020-12-23T14:02:00Z",
  },
};
