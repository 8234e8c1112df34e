/** A line of text that is changed where it stands; what was typed survives whatever happens to it. */
import { Textarea } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { afterPress } from "../../../ui/afterPress";
import { Conflict } from "../api/guarded";
import { InlineProblem } from "./InlineProblem";
import styles from "./InlineText.module.css";

interface Props {
  value: string;
  /** What it is: "Title". */
  label: string;
  maxLength: number;
  /** Reads the value that was changed to out of somebody else's version. */
  theirs: (conflict: unknown) => string;
  save: (next: string, base: string) => Promise<unknown>;
  /** Without it, the text stands still. */
  editable: boolean;
  /** Keys that mean more than text while it is open; true when it was taken care of. */
  onKey?: (event: KeyboardEvent) => boolean;
  /** On the button, for walking rows by keys. */
  rowMark?: Record<string, string>;
}

type State =
  | { kind: "reading" }
  | { kind: "writing"; typed: string; base: string; error?: unknown }
  | { kind: "saving"; typed: string; base: string };

const READING: State = { kind: "reading" };

export function InlineText(props: Props) {
  const { value, label, maxLength, theirs, save, editable, onKey, rowMark } = props;
  const [state, setState] = useState<State>(READING);
  const button = useRef<HTMLButtonElement>(null);

  if (!editable) return <span>{value}</span>;

  const settle = (byKey: boolean) => {
    setState(READING);
    if (byKey) requestAnimationFrame(() => button.current?.focus());
  };
  const send = (typed: string, base: string, byKey: boolean) => {
    const next = typed.trim().replace(/\s+/g, " ");
    if (next === "" || next === value) return settle(byKey);
    setState({ kind: "saving", typed: next, base });
    save(next, base).then(
      () => settle(byKey),
      (error: unknown) => setState({ kind: "writing", typed: next, base, error }),
    );
  };

  if (state.kind === "reading")
    return (
      <button
        ref={button}
        type="button"
        className={styles.button}
        title={`Change the ${label.toLowerCase()}`}
        onClick={() => setState({ kind: "writing", typed: value, base: value })}
        {...rowMark}
      >
        {value}
      </button>
    );
  if (state.kind === "saving") return <span className={styles.saving}>{state.typed}</span>;

  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (onKey?.(event)) return;
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send(state.typed, state.base, true);
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      settle(true);
    }
  };
  const theirsNow = state.error instanceof Conflict ? theirs(state.error.theirs) : null;
  return (
    <span className={styles.writing}>
      <Textarea
        aria-label={label}
        value={state.typed}
        onChange={(event) => setState({ ...state, typed: event.currentTarget.value })}
        onKeyDown={keys}
        onBlur={() => {
          // With a problem on the screen, its buttons decide.
          if (!state.error) afterPress(() => send(state.typed, state.base, false));
        }}
        autosize
        minRows={1}
        maxLength={maxLength}
        autoFocus
        onFocus={(event) =>
          event.currentTarget.setSelectionRange(state.typed.length, state.typed.length)
        }
        classNames={{ input: styles.input ?? "" }}
      />
      {state.error !== undefined && (
        <InlineProblem
          label={label}
          typed={state.typed}
          error={state.error}
          theirs={theirsNow}
          onSend={(base) => send(state.typed, base ?? state.base, true)}
          onLeave={() => settle(true)}
        />
      )}
    </span>
  );
}
