import { expect, it } from "vitest";
import type { Sender } from "../../api/types";
import {
  filled,
  findSenders,
  fullAddress,
  givesSecret,
  makesSecret,
  proofName,
  unwrapped,
} from "./senders";

const sender = (kind: Sender["kind"], more: Partial<Sender> = {}): Sender => ({
  kind,
  label: kind,
  signing: "never",
  proof: "the key in the address",
  identifier: "",
  lifecycle: "firing opens",
  severities: "",
  steps: "Send to `{address}`.",
  snippet: null,
  language: "text",
  ...more,
});

it("finds senders by every typed word, also by other names", () => {
  const all = [
    sender("alertmanager", { label: "Prometheus Alertmanager" }),
    sender("google_cloud_monitoring", { label: "Google Cloud Monitoring" }),
    sender("grafana", { label: "Grafana" }),
  ];
  const found = (typed: string) => findSenders(all, typed).map(({ kind }) => kind);
  expect(found("")).toHaveLength(3);
  expect(found("prom")).toEqual(["alertmanager"]);
  expect(found("GCP")).toEqual(["google_cloud_monitoring"]);
  expect(found("contact  grafana")).toEqual(["grafana"]);
  expect(found("smoke signals")).toEqual([]);
});

it("knows what has to be carried to the sender", () => {
  expect(proofName(sender("alertmanager"))).toBe("address");
  expect(proofName(sender("pagerduty_v3", { signing: "always" }))).toBe("secret");
  const events = sender("pagerduty_events_v2", { snippet: '{"routing_key": "{secret}"}' });
  expect(proofName(events)).toBe("routing key");
  expect(givesSecret(events)).toBe(true);
});

it("knows whose secret has to be carried here", () => {
  expect(makesSecret(sender("pagerduty_v3", { signing: "always" }))).toBe(true);
  const ours = { signing: "always", steps: "Secret: {secret}" } as const;
  expect(makesSecret(sender("honeycomb", ours))).toBe(false);
  expect(makesSecret(sender("grafana", { signing: "optional" }))).toBe(false);
});

it("puts the source's own values into the guide", () => {
  const address = fullAddress({ address: "/api/v1/ingest/grafana/k" }, "https://x.example.org");
  const text = "url: '{address}' # {address}, {secret}";
  expect(filled(text, address, null)).toBe(
    "url: 'https://x.example.org/api/v1/ingest/grafana/k' # " +
      "https://x.example.org/api/v1/ingest/grafana/k, <secret>",
  );
  expect(filled("{secret}", address, "s3cret")).toBe("s3cret");
});

it("joins the short lines of steps, and keeps items and paragraphs apart", () => {
  const steps = "1. In Grafana open **Alerting**\n   and go on.\n2. **URL**: x\n\nThen\nwait.\n";
  expect(unwrapped(steps)).toBe(
    "1. In Grafana open **Alerting** and go on.\n2. **URL**: x\n\nThen wait.",
  );
});
