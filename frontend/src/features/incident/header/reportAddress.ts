/** Where the whole postmortem stands, in the agenda's order. */
export function reportAddress(incident: string, format: "md" | "html"): string {
  return `/api/v1/incidents/${incident}/report?format=${format}`;
}
