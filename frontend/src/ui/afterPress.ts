/** Waits for a press of the pointer to end, so that nothing moves away from under it before its click. */

let pressed = false;

const press = () => {
  pressed = true;
};
const release = () => {
  pressed = false;
};
document.addEventListener("pointerdown", press, true);
document.addEventListener("pointerup", release, true);
document.addEventListener("pointercancel", release, true);

/** Runs at once; while the pointer is down, after the click that it becomes. */
export function afterPress(run: () => void): void {
  if (!pressed) {
    run();
    return;
  }
  const ended = new AbortController();
  const later = () => {
    ended.abort();
    setTimeout(run);
  };
  document.addEventListener("pointerup", later, { signal: ended.signal });
  document.addEventListener("pointercancel", later, { signal: ended.signal });
}
