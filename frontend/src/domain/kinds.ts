/** Kinds of incident. */
import type { IncidentKind } from "../api/types";

export const KINDS = ["incident", "near_miss", "drill"] as const satisfies IncidentKind[];

export const KIND_WORDS: Record<IncidentKind, string> = {
  incident: "Incident",
  near_miss: "Near miss",
  drill: "Drill",
};
