/** The incident page. */
export function IncidentPage() {
  return null;
}
