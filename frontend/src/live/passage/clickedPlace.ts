/** From a click on rendered text back to the place in its Markdown. */

/** An offset; null when the text has none there; "elsewhere" when the click meant something else. */
export function clickedPlace(event: {
  target: EventTarget | null;
  clientX: number;
  clientY: number;
}): number | null | "elsewhere" {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("a, button")) return "elsewhere";
  // Somebody who selects words wants to copy them.
  if (getSelection()?.isCollapsed === false) return "elsewhere";
  const caret = caretAt(event.clientX, event.clientY);
  const run = caret?.node.parentElement?.closest<HTMLElement>("[data-at]");
  return caret && run ? Number(run.dataset.at) + caret.offset : null;
}

function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  // Safari's own way, until it learns the standard one.
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
