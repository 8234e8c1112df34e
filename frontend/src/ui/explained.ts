/** Turns any thrown thing into sentences for people, without knowing where it came from. */

export interface Explained {
  title: string;
  detail: string;
  requestId: string;
  /** Whether asking again could end otherwise; not when it is a matter of rights. */
  retriable: boolean;
}

const FORBIDDEN = 403;
const MISSING = 404;

export function explain(error: unknown): Explained {
  if (error instanceof Error && "title" in error && "requestId" in error) {
    const { title, requestId, message } = error;
    if (typeof title === "string" && typeof requestId === "string")
      return {
        title,
        detail: message === title ? "" : message,
        requestId,
        retriable: !("status" in error && (error.status === FORBIDDEN || error.status === MISSING)),
      };
  }
  return {
    title: "This part of the page stopped working",
    detail: "The rest still works. Trying again often helps.",
    requestId: "",
    retriable: true,
  };
}
