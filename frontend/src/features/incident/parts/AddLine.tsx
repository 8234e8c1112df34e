/** A line at the end of a list that takes the next entry and stays for the one after. */
import { Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { Icon } from "../../../ui/Icon";
import styles from "./AddLine.module.css";

interface Props {
  label: string;
  placeholder: string;
  onAdd: (text: string) => void;
}

export function AddLine({ label, placeholder, onAdd }: Props) {
  const [text, setText] = useState("");
  const add = () => {
    if (text.trim() === "") return;
    onAdd(text.trim());
    setText("");
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };
  return (
    <div className={styles.line}>
      <span className={styles.plus}>
        <Icon name="plus" size={14} />
      </span>
      <Textarea
        className={styles.field}
        aria-label={label}
        placeholder={placeholder}
        variant="unstyled"
        autosize
        minRows={1}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
        classNames={{ input: styles.input ?? "" }}
      />
      {text.trim() !== "" && (
        <button type="button" className={styles.add} onClick={add}>
          Add
        </button>
      )}
    </div>
  );
}
