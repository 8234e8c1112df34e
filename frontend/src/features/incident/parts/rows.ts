/** Rows of the page by what they stand for, found by where the focus is. */
import type { Place } from "../search";

/** Marks a row's element, for finding it again. */
export function rowMark(place: Place, id: string): Record<string, string> {
  return { id: `${place}-${id}`, "data-place": place, "data-id": id };
}

/** The row of this kind that holds the focus. */
export function focusedRow(place: Place): string | null {
  const row = document.activeElement?.closest<HTMLElement>(`[data-place="${place}"]`);
  return row?.dataset.id ?? null;
}

export function focusedPlace(): { place: Place; id: string } | null {
  const row = document.activeElement?.closest<HTMLElement>("[data-place]");
  const { place, id } = row?.dataset ?? {};
  return place && id ? { place: place as Place, id } : null;
}

/** Shows a row and gives it the focus; false when it is not on the page (yet). */
export function focusRow(place: Place, id: string): boolean {
  const row = document.getElementById(`${place}-${id}`);
  if (!row) return false;
  row.scrollIntoView({ block: "center" });
  row.querySelector<HTMLElement>("[data-row]")?.focus({ preventScroll: true });
  return true;
}

/** The text that holds the focus, or the first one of the row that does. */
export function focusedPassage(): string | undefined {
  const focus = document.activeElement;
  const found =
    focus?.closest<HTMLElement>("[data-passage]") ??
    focus?.closest("[data-place]")?.querySelector<HTMLElement>("[data-passage]");
  return found?.dataset.passage;
}
