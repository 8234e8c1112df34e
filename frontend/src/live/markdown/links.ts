/** Which addresses in people's text become links. */
const SAFE = /^(https?:|mailto:)/i;

/** The address to link to, or null when it is not one that is safe to follow. */
export function safeHref(written: string): string | null {
  const address = written.replace(/^<|>$/g, "").trim();
  if (SAFE.test(address)) return address;
  if (/^www\./i.test(address)) return `https://${address}`;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return `mailto:${address}`;
  return null;
}
