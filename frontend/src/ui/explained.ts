/** Turns any thrown thing into sentences for people, without knowing where it came from. */

export interface Explained {
  title: string;
  detail: string;
  requestId: string;
}

export function explain(error: unknown): Explained {
  if (error instanceof Error && "title" in error && "requestId" in error) {
    const { title, requestId, message } = error;
    if (typeof title === "string" && typeof requestId === "string")
      return { title, detail: message === title ? "" : message, requestId };
  }
  return {
    title: "This part of the page stopped working",
    detail: "The rest still works. Trying again often helps.",
    requestId: "",
  };
}
