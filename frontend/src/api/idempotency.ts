/** Keys that make "Try again" safe: the same content sent twice is created once. */
import { useRef } from "react";

/** Random without `crypto.randomUUID`, which browsers withhold on plain-HTTP addresses. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Headers for creating: the key stays while the body stays, and changes with it. */
export function createOnce(): (body: unknown) => Record<string, string> {
  let sent = "";
  let key = "";
  return (body) => {
    const content = JSON.stringify(body);
    if (content !== sent || key === "") {
      sent = content;
      key = freshKey();
    }
    return { "Idempotency-Key": key };
  };
}

/** `createOnce` for the life of one form. */
export function useCreateOnce(): (body: unknown) => Record<string, string> {
  const headers = useRef<ReturnType<typeof createOnce>>(null);
  headers.current ??= createOnce();
  return headers.current;
}
