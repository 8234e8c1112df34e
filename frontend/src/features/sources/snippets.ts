/** What to paste into each sender, with the real address in it. */
import type { Source } from "../../api/types";
import { SAMPLES } from "./samples";

export interface Snippet {
  label: string;
  text: string;
}

/** Stands where only the person has the value. */
const KEY_PLACE = "<routing key>";

export function fullAddress(
  source: Pick<Source, "address">,
  origin = window.location.origin,
): string {
  return new URL(source.address, origin).href;
}

/** `secret` is known only right after it was made. */
export function snippets(
  source: Source,
  secret: string | null,
  origin = window.location.origin,
): Snippet[] {
  const address = fullAddress(source, origin);
  switch (source.kind) {
    case "alertmanager":
      return [{ label: "alertmanager.yml", text: alertmanager(address) }];
    case "pagerduty_events_v2":
      return [{ label: "Try it in a terminal", text: eventsCurl(address, secret ?? KEY_PLACE) }];
    case "generic":
      return [{ label: "Try it in a terminal", text: genericCurl(address) }];
    case "pagerduty_v3":
      return [];
  }
}

function alertmanager(address: string): string {
  return `route:
  receiver: second-story

receivers:
  - name: second-story
    webhook_configs:
      - url: ${address}
        send_resolved: true`;
}

function eventsCurl(address: string, key: string): string {
  return curl(address, { ...SAMPLES.pagerduty_events_v2, routing_key: key });
}

function genericCurl(address: string): string {
  return curl(address, SAMPLES.generic);
}

function curl(address: string, body: object): string {
  return `curl ${address} \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body, null, 2)}'`;
}
