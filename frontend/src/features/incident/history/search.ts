/** What the address of a history says: of which text, which version, compared with which. */

export interface HistorySearch {
  /** Only this text's versions. */
  passage?: string | undefined;
  /** The text of the version on show, where versions of all texts are listed. */
  of?: string | undefined;
  /** The version on show. */
  seq?: number | undefined;
  /** The version it is compared with, unless it is the one before. */
  from?: number | undefined;
}

export function historySearch(search: Record<string, unknown>): HistorySearch {
  return {
    ...text("passage", search.passage),
    ...text("of", search.of),
    ...number("seq", search.seq),
    ...number("from", search.from),
  };
}

function text(name: "passage" | "of", value: unknown): HistorySearch {
  return typeof value === "string" && value !== "" ? { [name]: value } : {};
}

function number(name: "seq" | "from", value: unknown): HistorySearch {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? { [name]: value }
    : {};
}
