/** Carries a secret from the answer that showed it to the page that shows it, and no further. */

const secrets = new Map<string, string>();

export function keepSecret(sourceId: string, secret: string | null): void {
  if (secret) secrets.set(sourceId, secret);
}

export function keptSecret(sourceId: string): string | null {
  return secrets.get(sourceId) ?? null;
}

export function forgetSecret(sourceId: string): void {
  secrets.delete(sourceId);
}
