/** J and K (or the arrows) walk the rows of a list by moving the focus; Enter is then the row's own. */
import type { RefObject } from "react";
import { useShortcuts } from "./registry";

/** Marks what takes the focus in a row. */
export const ROW = { "data-row": "" } as const;

export function useRowKeys(list: RefObject<HTMLElement | null>, group: string): void {
  const step = (by: 1 | -1) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at === -1 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    next?.focus();
  };
  useShortcuts([
    { keys: "j", label: "Next row", group, run: () => step(1) },
    { keys: "k", label: "Previous row", group, run: () => step(-1) },
    { keys: "ArrowDown", label: "Next row", group, run: () => step(1) },
    { keys: "ArrowUp", label: "Previous row", group, run: () => step(-1) },
  ]);
}
