/** Choosing a person: a compact button that opens a searchable list. */
import { Combobox, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import styles from "./PersonPicker.module.css";
import { usersQuery } from "./people";

interface Props {
  /** "Owner": names the button and the list. */
  label: string;
  value: string | null;
  /** Shown while people load, or when the person has left. */
  valueName?: string | null | undefined;
  /** What stands there when nobody is chosen. */
  placeholder: string;
  onChange: (userId: string | null) => void;
  /** Why it cannot be changed; without it, it can. */
  reason?: string | undefined;
  /** Looks like the fields around it, in a form. */
  boxed?: boolean;
}

const NOBODY = "";

export function PersonPicker({
  label,
  value,
  valueName,
  placeholder,
  onChange,
  reason,
  boxed = false,
}: Props) {
  const [typed, setTyped] = useState("");
  const users = useQuery(usersQuery).data ?? [];
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setTyped("");
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const name = users.find((user) => user.id === value)?.name ?? valueName ?? null;
  const found = users.filter(
    (user) =>
      user.active && `${user.name} ${user.email}`.toLowerCase().includes(typed.toLowerCase()),
  );

  return (
    <Combobox
      store={combobox}
      width={240}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(chosen) => {
        onChange(chosen === NOBODY ? null : chosen);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <button
          type="button"
          className={styles.button}
          data-boxed={boxed}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          disabled={reason !== undefined}
          title={reason ?? label}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className="visually-hidden">{label}: </span>
          {value && name ? (
            <>
              <Avatar id={value} name={name} size={18} decorative />
              <span className={styles.name}>{name}</span>
            </>
          ) : (
            <span className={styles.nobody}>
              <Icon name="user" size={14} />
              {placeholder}
            </span>
          )}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="Find a person"
          aria-label="Find a person"
        />
        <Combobox.Options aria-label={label} mah={260} style={{ overflowY: "auto" }}>
          {value && <Combobox.Option value={NOBODY}>Nobody</Combobox.Option>}
          {found.map((user) => (
            <Combobox.Option key={user.id} value={user.id} active={user.id === value}>
              <span className={styles.option}>
                <Avatar id={user.id} name={user.name} size={18} decorative />
                <span className={styles.name}>{user.name}</span>
                {user.id === value && <Icon name="check" size={14} />}
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>Nobody by that name.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
