/** SourcesPage */
export function SourcesPage() {
  return null;
}
