/** What the filter field offers while people type. */
import { type Chip, chipText, type Language } from "./language";

export interface Suggestion {
  value: string;
  meaning: string;
}

/** Longer lists help nobody choose. */
const AT_MOST = 10;

export function suggestions(
  language: Language,
  typed: string,
  chips: readonly Chip[],
): Suggestion[] {
  const word = /\S*$/.exec(typed)?.[0].toLowerCase() ?? "";
  const taken = new Set(chips.map(chipText));
  const keys = word.includes(":") ? [] : keysFor(language, word);
  const values = word === "" ? [] : valuesFor(language, word);
  return [...keys, ...values.filter(({ value }) => !taken.has(value))].slice(0, AT_MOST);
}

function keysFor(language: Language, word: string): Suggestion[] {
  return Object.entries(language)
    .filter(([key]) => key.startsWith(word))
    .map(([key, { meaning }]) => ({ value: `${key}:`, meaning }));
}

/** "sev:" offers its values; "rec" offers stage:recap. */
function valuesFor(language: Language, word: string): Suggestion[] {
  return Object.entries(language).flatMap(([key, { values = {} }]) =>
    Object.entries(values)
      .filter(([value]) => {
        const text = value.toLowerCase();
        if (word.includes(":")) return `${key}:${text}`.startsWith(word);
        return word.length > 1 && text.startsWith(word);
      })
      .map(([value, meaning]) => ({ value: chipText({ key, value }), meaning })),
  );
}
