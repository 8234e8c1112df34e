/** Words for the parts people take in an incident. */
import type { ParticipantRole } from "../types";

export const ROLES = [
  "facilitator",
  "co_facilitator",
  "note_taker",
  "commander",
  "responder",
] as const satisfies ParticipantRole[];

export const ROLE_WORDS: Record<ParticipantRole, string> = {
  facilitator: "Facilitator",
  co_facilitator: "Co-facilitator",
  note_taker: "Note taker",
  commander: "Commander",
  responder: "Responder",
};

export function rolesInWords(roles: readonly ParticipantRole[]): string {
  return ROLES.filter((role) => roles.includes(role))
    .map((role) => ROLE_WORDS[role])
    .join(", ");
}
