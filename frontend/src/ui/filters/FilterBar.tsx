/** One field for filters and words: `sev:1` becomes a chip, anything else is searched for. */
import { Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Icon } from "../Icon";
import { useShortcuts } from "../keyboard/registry";
import styles from "./FilterBar.module.css";
import {
  type Chip,
  chipText,
  type Filters,
  type Language,
  parseChip,
  parseFilters,
  withChip,
  withoutChip,
} from "./language";
import { suggestions } from "./suggestions";

interface Props {
  language: Language;
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** What is filtered: "incidents". */
  what: string;
  placeholder: string;
}

/** After this pause the words are searched for. */
const TYPING_MS = 250;

export function FilterBar({ language, filters, onChange, what, placeholder }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useTypedWords(filters, onChange);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = suggestions(language, typed, filters.chips);

  useShortcuts([{ keys: "/", label: "Filter", group: "List", run: () => field.current?.focus() }]);

  const withAll = (chips: Chip[]) =>
    chips.reduce<Chip[]>((all, chip) => withChip(language, all, chip), filters.chips);
  const add = (chip: Chip, rest: string) => {
    setTyped(rest);
    onChange({ chips: withChip(language, filters.chips, chip), words: rest.trim() });
  };
  const type = (text: string) => {
    combobox.openDropdown();
    // A filter is complete when a space follows it.
    const read = /\s$/.test(text) ? parseFilters(language, text) : null;
    const [first, ...others] = read?.chips ?? [];
    if (!read || !first) return setTyped(text);
    setTyped(read.words);
    onChange({ chips: withAll([first, ...others]), words: read.words });
  };
  const finish = () => {
    const read = parseFilters(language, typed);
    setTyped(read.words);
    onChange({ chips: withAll(read.chips), words: read.words });
    combobox.closeDropdown();
  };
  const choose = (value: string) => {
    const before = typed.replace(/\S*$/, "");
    const chip = parseChip(language, value);
    if (chip) add(chip, before);
    else setTyped(before + value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = filters.chips.at(-1);
    if (event.key === "Backspace" && typed === "" && last)
      onChange({ ...filters, chips: withoutChip(filters.chips, last) });
    if (event.key === "Enter" && combobox.getSelectedOptionIndex() === -1) finish();
    if (event.key === "Escape") field.current?.blur();
  };

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      width={380}
      withinPortal={false}
      position="bottom-start"
      shadow="md"
    >
      <Combobox.DropdownTarget>
        <PillsInput
          classNames={{ root: styles.bar, input: styles.field }}
          leftSection={<Icon name="filter" />}
          onClick={() => field.current?.focus()}
        >
          <Pill.Group>
            {filters.chips.map((chip) => (
              <Pill
                key={chipText(chip)}
                className={styles.chip}
                withRemoveButton
                onRemove={() => onChange({ ...filters, chips: withoutChip(filters.chips, chip) })}
                removeButtonProps={{
                  "aria-label": `Remove ${chipText(chip)}`,
                  "aria-hidden": false,
                  tabIndex: 0,
                }}
              >
                {chipText(chip)}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                ref={field}
                value={typed}
                aria-label={`Filter ${what}`}
                placeholder={filters.chips.length > 0 ? "" : placeholder}
                onChange={(event) => type(event.currentTarget.value)}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onKeyDown={onKeyDown}
                spellCheck={false}
                autoComplete="off"
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label="Filters">
          {offered.map(({ value, meaning }) => (
            <Combobox.Option key={value} value={value} className={styles.option}>
              <code>{value}</code>
              <span className={styles.meaning}>{meaning}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The words as they are typed; they reach the list after a short pause. */
function useTypedWords({ chips, words }: Filters, onChange: Props["onChange"]) {
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
