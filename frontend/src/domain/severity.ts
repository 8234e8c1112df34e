/** Severities, worst first, and the word that stands beside their shape. */
import type { Severity } from "../api/types";

export const SEVERITIES = ["sev1", "sev2", "sev3", "sev4", "sev5"] as const satisfies Severity[];

export const SEVERITY_WORDS: Record<Severity, string> = {
  sev1: "Sev 1",
  sev2: "Sev 2",
  sev3: "Sev 3",
  sev4: "Sev 4",
  sev5: "Sev 5",
};

/** What the number means, for whoever has to choose one. */
export const SEVERITY_MEANINGS: Record<Severity, string> = {
  sev1: "Most people cannot use something essential",
  sev2: "Many people notice, or something essential is slow",
  sev3: "Some people notice, and there is a way around",
  sev4: "Few people notice",
  sev5: "Nobody outside noticed",
};
