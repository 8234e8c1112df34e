/** What a page could not save: how many edits, and in which passages. */

export interface Unsaved {
  count: number;
  passages: readonly string[];
}

export const NOTHING: Unsaved = { count: 0, passages: [] };

export function addUp(all: readonly Unsaved[]): Unsaved {
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    passages: [...new Set(all.flatMap(({ passages }) => passages))],
  };
}

/** Read from the browser's store, which an older version of this page may have filled. */
export function isUnsaved(value: unknown): value is Unsaved {
  return (
    typeof value === "object" &&
    value !== null &&
    "count" in value &&
    typeof value.count === "number" &&
    "passages" in value &&
    Array.isArray(value.passages)
  );
}
