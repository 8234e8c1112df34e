/** Keys of the outline; they mean this only while a question has the focus. */
import { type Shortcut, useShortcuts } from "../../../ui/keyboard/registry";
import type { Why } from "../types";
import type { OutlineRow } from "./outline";
import type { WhyDeeds } from "./whyDeeds";

export function useOutlineKeys(
  row: OutlineRow | null,
  byId: ReadonlyMap<string, Why>,
  deeds: WhyDeeds,
): void {
  const why = row && byId.get(row.id);
  useShortcuts(row && why ? keysOf(row, why, deeds) : []);
}

function keysOf(row: OutlineRow, why: Why, deeds: WhyDeeds): Shortcut[] {
  const group = "Whys";
  return [
    { keys: "Enter", label: "Another why beside it", group, run: () => deeds.addBeside(row) },
    { keys: "w", label: "Why below", group, run: () => deeds.addBelow(row) },
    { keys: "F2", label: "Change the question", group, run: change },
    { keys: "alt+l", label: "Also caused by…", group, run: () => deeds.pickCauses(row) },
    { keys: "alt+ArrowUp", label: "Move up", group, run: () => deeds.shift(row, -1) },
    { keys: "alt+ArrowDown", label: "Move down", group, run: () => deeds.shift(row, 1) },
    {
      keys: "alt+ArrowRight",
      label: "One deeper (Tab while writing)",
      group,
      run: () => deeds.deeper(row),
    },
    {
      keys: "alt+ArrowLeft",
      label: "One up (Shift+Tab while writing)",
      group,
      run: () => deeds.shallower(row),
    },
    { keys: "Delete", label: "Delete this why", group, run: () => deeds.remove(why) },
  ];
}

function change(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.click();
}
