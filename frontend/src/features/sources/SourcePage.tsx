/** SourcePage */
export function SourcePage() {
  return null;
}
