/** The kinds of senders: when to choose which, how to find it, what is to be carried to it. */
import type { Sender, Source } from "../../api/types";

/** When to choose it, and other names that people know it by. */
const KNOWN_AS: Readonly<Record<string, { when: string; also?: string }>> = {
  pagerduty_v3: { when: "PagerDuty pages people, and tells us of it too" },
  pagerduty_events_v2: {
    when: "Any tool that can send to PagerDuty sends here instead",
    also: "nagios icinga script",
  },
  opsgenie: { when: "Opsgenie pages people, and tells us of it too", also: "atlassian" },
  jira_service_management: {
    when: "The operations part of Jira pages people, and tells us of it too",
    also: "jsm atlassian",
  },
  splunk_on_call: {
    when: "Splunk On-Call pages people, and tells us of it too",
    also: "victorops",
  },
  incident_io: { when: "incident.io tells us of its alerts, or of what people declared" },
  alertmanager: { when: "Alertmanager of Prometheus or Mimir sends straight to here" },
  grafana: { when: "A contact point of Grafana Alerting sends straight to here" },
  datadog: { when: "A webhook of Datadog, with a template to paste" },
  sentry: { when: "Issues and alerts of applications that report to Sentry" },
  aws_sns_cloudwatch: { when: "Alarms of AWS, through a topic of SNS", also: "amazon sns" },
  newrelic: { when: "A workflow of New Relic sends its issues here", also: "new relic" },
  zabbix: { when: "A media type of Zabbix sends problems here" },
  azure_monitor: { when: "An action group of Azure Monitor", also: "microsoft" },
  google_cloud_monitoring: {
    when: "A notification channel of Google Cloud Monitoring",
    also: "gcp stackdriver",
  },
  honeycomb: { when: "Triggers and burn alerts of Honeycomb" },
  uptime_kuma: { when: "Monitors of an Uptime Kuma of your own" },
  better_stack: { when: "Incidents of Better Stack Uptime", also: "better uptime" },
  checkly: { when: "Checks of Checkly, with a template to paste" },
  pingdom: { when: "Uptime and transaction checks of Pingdom", also: "solarwinds" },
  cloudevents: { when: "Anything that speaks CloudEvents", also: "keptn falco knative" },
  generic: { when: "Anything else: you say where the title and the rest stand", also: "custom" },
};

/** One line on a sender; of one that this page does not know, how its alerts live. */
export function whenToChoose(sender: Sender): string {
  return KNOWN_AS[sender.kind]?.when ?? sender.lifecycle;
}

/** Those in which each typed word occurs, as they stand. */
export function findSenders(senders: readonly Sender[], typed: string): Sender[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return senders.filter((sender) => {
    const { kind, label } = sender;
    const also = KNOWN_AS[kind]?.also ?? "";
    const text = `${label} ${kind} ${whenToChoose(sender)} ${also}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Whether a source of this kind can be given the secret that its sender made. */
export function takesSecret({ signing }: Sender): boolean {
  return signing === "always" || signing === "optional";
}

/** Whether the secret is ours to make, and has to be carried to the sender. */
export function givesSecret({ steps, snippet }: Sender): boolean {
  return `${steps}${snippet ?? ""}`.includes("{secret}");
}

/** Whether only the sender can make the secret, so that it has to be carried here. */
export function makesSecret(sender: Sender): boolean {
  return sender.signing === "always" && !givesSecret(sender);
}

/** What people call the thing that proves the sender. */
export function proofName(sender: Sender): "routing key" | "secret" | "address" {
  if (takesSecret(sender)) return "secret";
  return givesSecret(sender) ? "routing key" : "address";
}

export function fullAddress(
  source: Pick<Source, "address">,
  origin = window.location.origin,
): string {
  return new URL(source.address, origin).href;
}

/** A guide's text with the source's own values; the secret is known only right after it was made. */
export function filled(text: string, address: string, secret: string | null): string {
  return text.replaceAll("{address}", address).replaceAll("{secret}", secret ?? "<secret>");
}

/** Steps are written in short lines; on the page, only their paragraphs and items are lines. */
export function unwrapped(markdown: string): string {
  return markdown.trim().replace(/(?<!\n)\n(?!\n)[ \t]*(?!(?:\d+[.)]|[-*+]) |\n)/g, " ");
}
