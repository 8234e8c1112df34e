/** Roles, and what each may do, in words. */
import type { Role } from "../../api/types";

const ROLES = ["admin", "member", "viewer"] as const satisfies Role[];

const ROLE_WORDS: Record<Role, string> = {
  admin: "Administrator",
  member: "Member",
  viewer: "Viewer",
};

export const ROLE_MEANINGS: Record<Role, string> = {
  admin: "Everything, and people, alert sources and everybody's tokens",
  member: "Reads and writes incidents, reviews and actions",
  viewer: "Reads everything, changes nothing",
};

export const ROLE_CHOICES = ROLES.map((value) => ({ value, label: ROLE_WORDS[value] }));
