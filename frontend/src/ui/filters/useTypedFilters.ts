/** Typing into the filter field: what becomes a chip, what stays a word, and when the list hears of it. */
import { useEffect, useRef, useState } from "react";
import {
  type Chip,
  type Filters,
  type Language,
  parseChip,
  parseFilters,
  withChip,
  withoutChip,
} from "./language";

type OnChange = (filters: Filters) => void;

/** After this pause the words are searched for. */
const TYPING_MS = 250;

export function useTypedFilters(language: Language, filters: Filters, onChange: OnChange) {
  const [typed, setTyped] = useTypedWords(filters, onChange);
  const take = (chips: readonly Chip[], words: string) => {
    setTyped(words);
    const all = chips.reduce<Chip[]>((sum, chip) => withChip(language, sum, chip), filters.chips);
    onChange({ chips: all, words: words.trim() });
  };
  return {
    typed,
    type(text: string) {
      // A filter is complete when a space follows it.
      const read = /\s$/.test(text) ? parseFilters(language, text) : null;
      if (read && read.chips.length > 0) take(read.chips, read.words);
      else setTyped(text);
    },
    finish() {
      const read = parseFilters(language, typed);
      take(read.chips, read.words);
    },
    /** A suggestion takes the place of the word that it completes. */
    choose(suggestion: string) {
      const before = typed.replace(/\S*$/, "");
      const chip = parseChip(language, suggestion);
      if (chip) take([chip], before);
      else setTyped(before + suggestion);
    },
    remove(chip: Chip) {
      onChange({ ...filters, chips: withoutChip(filters.chips, chip) });
    },
  };
}

/** The words as they are typed; they reach the list after a short pause. */
function useTypedWords({ chips, words }: Filters, onChange: OnChange) {
  const [typed, setTyped] = useState(words);
  const latest = useRef({ chips, words, onChange });
  useEffect(() => {
    latest.current = { chips, words, onChange };
  });

  // The address changed from outside: back button, a removed chip of the no-result page.
  useEffect(() => setTyped((current) => (current.trim() === words ? current : words)), [words]);

  useEffect(() => {
    const timer = setTimeout(() => {
      const now = latest.current;
      // A filter still being typed is not searched for as a word.
      const settled = typed.replace(/\S+:\S*$/, "").trim();
      if (settled !== now.words) now.onChange({ chips: now.chips, words: settled });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return [typed, setTyped] as const;
}
