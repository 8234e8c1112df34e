/** Quick ways to look at incidents by stage, as filters that people could type too. */
import { STAGE_WORDS, STAGES } from "../../domain/stages";
import { chosen, type Filters } from "../../ui/filters/language";

export type View = "all" | (typeof STAGES)[number];

export const VIEWS: { value: View; word: string }[] = [
  { value: "all", word: "All" },
  ...STAGES.map((value) => ({ value, word: STAGE_WORDS[value] })),
];

/** None when several stages are chosen. */
export function currentView(filters: Filters): View | null {
  const stages = chosen(filters, "stage", STAGES);
  const [only = "all"] = stages;
  return stages.length > 1 ? null : only;
}

export function withView(filters: Filters, view: View): Filters {
  const others = filters.chips.filter((chip) => chip.key !== "stage");
  return {
    ...filters,
    chips: view === "all" ? others : [...others, { key: "stage", value: view }],
  };
}
