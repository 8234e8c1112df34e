/** NewIncidentPage */
export function NewIncidentPage() {
  return null;
}
