/** TokensPage */
export function TokensPage() {
  return null;
}
