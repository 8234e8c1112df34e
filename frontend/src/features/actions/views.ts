/** Quick ways to look at actions, as filters that people could type too. */
import type { ActionStatus } from "../../api/types";
import { ACTION_STATUSES } from "../../domain/actions";
import { chosen, type Filters } from "../../ui/filters/language";

const STATUSES_OF = {
  all: [],
  running: ["open", "in_progress"],
  done: ["done"],
  dropped: ["dropped"],
} satisfies Record<string, ActionStatus[]>;

export type View = keyof typeof STATUSES_OF;

export const VIEWS: { value: View; word: string }[] = [
  { value: "all", word: "All" },
  { value: "running", word: "To do" },
  { value: "done", word: "Done" },
  { value: "dropped", word: "Dropped" },
];

/** The view whose statuses are chosen; none when somebody chose others. */
export function currentView(filters: Filters): View | null {
  const statuses = chosen(filters, "status", ACTION_STATUSES).join();
  return VIEWS.find(({ value }) => STATUSES_OF[value].join() === statuses)?.value ?? null;
}

export function withView(filters: Filters, view: View): Filters {
  const others = filters.chips.filter((chip) => chip.key !== "status");
  const wanted = STATUSES_OF[view].map((value) => ({ key: "status", value }));
  return { ...filters, chips: [...wanted, ...others] };
}
