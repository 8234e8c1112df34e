/** Brings a place in a passage into sight, when it is not there already. */

/** The bars at the top, and some lines of what comes before. */
const ROOM_ABOVE_PX = 140;
const ROOM_BELOW_PX = 96;
/** How far down the window it is put. */
const AT = 0.35;

/** Scrolls at once: gliding would still be under way when they write the next line. */
export function showPlace(passage: string, index: number | null): void {
  // An empty field may not be drawn for readers; its row is.
  const [, row = ""] = passage.split("/");
  const element =
    document.querySelector(`[data-passage="${CSS.escape(passage)}"]`) ??
    document.querySelector(`[data-id="${CSS.escape(row)}"]`);
  if (!element) return;
  const box = (index === null ? null : boxAt(element, index)) ?? element.getBoundingClientRect();
  const inSight = box.top >= ROOM_ABOVE_PX && box.top <= window.innerHeight - ROOM_BELOW_PX;
  if (!inSight) window.scrollBy({ top: box.top - window.innerHeight * AT, behavior: "instant" });
}

/** The line of rendered text where an offset into its Markdown stands. */
function boxAt(element: Element, index: number): DOMRect | null {
  const run = [...element.querySelectorAll<HTMLElement>("[data-at]")]
    .filter(({ dataset }) => Number(dataset.at) <= index)
    .at(-1);
  if (!run?.firstChild) return null;
  const length = run.firstChild.textContent?.length ?? 0;
  const end = Math.min(index - Number(run.dataset.at), length);
  const range = document.createRange();
  // A letter rather than the gap before it: gaps may have no box.
  range.setStart(run.firstChild, Math.max(0, end - 1));
  range.setEnd(run.firstChild, end);
  return range.getBoundingClientRect();
}
