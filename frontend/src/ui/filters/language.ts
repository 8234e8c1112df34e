/** Typed filters such as `sev:1 service:checkout`: chips with a key and a value, and plain words. */

interface FilterKind {
  /** What it narrows down to, for the suggestions. */
  meaning: string;
  /** Values there are, or that are offered, and what each means. */
  values?: Record<string, string>;
  /** Takes other values too. */
  open?: boolean;
  /** One at a time; a second one takes the first one's place. */
  single?: boolean;
  /** Puts a value into its one spelling. */
  spell?: (given: string) => string;
}

export type Language = Record<string, FilterKind>;

export interface Chip {
  key: string;
  value: string;
}

export interface Filters {
  chips: Chip[];
  /** What texts are searched for. */
  words: string;
}

const TOKEN = /[^\s":]+:"[^"]*"|\S+/g;

export function parseFilters(language: Language, text: string): Filters {
  let chips: Chip[] = [];
  const words: string[] = [];
  for (const token of text.match(TOKEN) ?? []) {
    const chip = parseChip(language, token);
    if (chip) chips = withChip(language, chips, chip);
    else words.push(token);
  }
  return { chips, words: words.join(" ") };
}

/** Reads one `key:value`; null when the language has no such filter. */
export function parseChip(language: Language, token: string): Chip | null {
  const colon = token.indexOf(":");
  const key = token.slice(0, Math.max(0, colon)).toLowerCase();
  const kind = Object.hasOwn(language, key) ? language[key] : undefined;
  const given = token
    .slice(colon + 1)
    .replaceAll('"', "")
    .trim();
  if (!kind || given === "") return null;
  const value = (kind.spell ?? lowerSnake)(given);
  return kind.open || Object.hasOwn(kind.values ?? {}, value) ? { key, value } : null;
}

export function withChip(language: Language, chips: readonly Chip[], chip: Chip): Chip[] {
  const single = language[chip.key]?.single ?? false;
  const others = chips.filter(
    (each) => each.key !== chip.key || (!single && each.value !== chip.value),
  );
  return [...others, chip];
}

export function withoutChip(chips: readonly Chip[], chip: Chip): Chip[] {
  return chips.filter((each) => each.key !== chip.key || each.value !== chip.value);
}

export function chipText({ key, value }: Chip): string {
  return /\s/.test(value) ? `${key}:"${value}"` : `${key}:${value}`;
}

export function formatFilters({ chips, words }: Filters): string {
  return [...chips.map(chipText), words.trim()].filter(Boolean).join(" ");
}

/** The values chosen for one key, in the order in which `known` has them. */
export function chosen<T extends string>(filters: Filters, key: string, known: readonly T[]): T[] {
  const values = filters.chips.filter((chip) => chip.key === key).map((chip) => chip.value);
  return known.filter((each) => values.includes(each));
}

/** The value of a key that takes one. */
export function chosenOne(filters: Filters, key: string): string | undefined {
  return filters.chips.find((chip) => chip.key === key)?.value;
}

/** For values that are free text, such as names. */
export function asTyped(given: string): string {
  return given;
}

function lowerSnake(given: string): string {
  return given.toLowerCase().replaceAll("-", "_");
}
