/** One field for filters and words: `sev:1` becomes a chip, anything else is searched for. */
import { Combobox, Pill, PillsInput, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useRef } from "react";
import { Icon } from "../Icon";
import { useShortcuts } from "../keyboard/registry";
import styles from "./FilterBar.module.css";
import { type Chip, chipText, type Filters, type Language } from "./language";
import { type Suggestion, suggestions } from "./suggestions";
import { useTypedFilters } from "./useTypedFilters";

interface Props {
  language: Language;
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** What is filtered: "incidents". */
  what: string;
  placeholder: string;
}

export function FilterBar({ language, filters, onChange, what, placeholder }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const { typed, type, finish, choose, remove } = useTypedFilters(language, filters, onChange);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = suggestions(language, typed, filters.chips);

  useShortcuts([{ keys: "/", label: "Filter", group: "List", run: () => field.current?.focus() }]);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = filters.chips.at(-1);
    if (event.key === "Backspace" && typed === "" && last) remove(last);
    if (event.key === "Escape") field.current?.blur();
    if (event.key === "Enter" && combobox.getSelectedOptionIndex() === -1) {
      finish();
      combobox.closeDropdown();
    }
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
              <FilterChip key={chipText(chip)} chip={chip} onRemove={() => remove(chip)} />
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                ref={field}
                value={typed}
                aria-label={`Filter ${what}`}
                placeholder={filters.chips.length > 0 ? "" : placeholder}
                onChange={(event) => {
                  combobox.openDropdown();
                  type(event.currentTarget.value);
                }}
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
      <Offered suggestions={offered} />
    </Combobox>
  );
}

function FilterChip({ chip, onRemove }: { chip: Chip; onRemove: () => void }) {
  const removeButton = {
    "aria-label": `Remove ${chipText(chip)}`,
    "aria-hidden": false,
    tabIndex: 0,
  };
  return (
    <Pill
      className={styles.chip}
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={removeButton}
    >
      {chipText(chip)}
    </Pill>
  );
}

function Offered({ suggestions: offered }: { suggestions: Suggestion[] }) {
  return (
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
  );
}
