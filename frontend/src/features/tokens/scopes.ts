/** What a token may do, in words. */
import type { Me, Scope } from "../../api/types";

export const SCOPE_WORDS: Record<Scope, string> = {
  "incidents:read": "Read incidents, timelines, whys, takeaways and reports",
  "incidents:write": "Open and change incidents and everything in them",
  "actions:read": "Read actions",
  "actions:write": "Make and change actions",
  "insights:read": "Read figures about learning",
  ingest: "Send alerts",
  admin: "Everything an administrator may do",
};

/** Nobody can hand on more than they have. */
export function offeredScopes(me: Me): Scope[] {
  return (Object.keys(SCOPE_WORDS) as Scope[]).filter((scope) => me.scopes.includes(scope));
}

export const EXPIRIES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "never", label: "Never" },
];
export const USUAL_EXPIRY = "90";

const DAY = 86_400_000;

export function expiryDate(choice: string, now = new Date()): string | null {
  return choice === "never" ? null : new Date(now.getTime() + Number(choice) * DAY).toISOString();
}
