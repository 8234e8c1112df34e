/** Reads the one-time token out of the fragment of a set-up link: `#token=…` or just `#…`. */
export function setupToken(fragment: string): string {
  const plain = fragment.replace(/^#/, "");
  return new URLSearchParams(plain).get("token") ?? plain;
}
