/** The looks people ask for most; one stop for Tab, arrows move inside. */
import type { Command, EditorView } from "@codemirror/view";
import { type KeyboardEvent, type ReactNode, type RefObject, useState } from "react";
import { Icon } from "../../ui/Icon";
import { isApple } from "../../ui/keyboard/chords";
import { insertLink, toggleLines, toggleMark } from "./commands";
import styles from "./editor.module.css";

interface Tool {
  name: string;
  look: ReactNode;
  run: Command;
}

const MOD = isApple() ? "⌘" : "Ctrl+";
const TOOLS: Tool[] = [
  { name: `Bold (${MOD}B)`, look: <b>B</b>, run: toggleMark("**") },
  { name: `Italic (${MOD}I)`, look: <i>I</i>, run: toggleMark("*") },
  { name: "Code", look: <code>{"<>"}</code>, run: toggleMark("`") },
  { name: "Link", look: <Icon name="link" size={14} />, run: insertLink },
  { name: "List", look: <Icon name="list" size={14} />, run: toggleLines("- ") },
  { name: "Quote", look: "”", run: toggleLines("> ") },
];

interface Props {
  label: string;
  view: RefObject<EditorView | null>;
}

export function Toolbar({ label, view }: Props) {
  const [current, setCurrent] = useState(0);

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (current + step + TOOLS.length) % TOOLS.length;
    setCurrent(next);
    event.currentTarget.querySelectorAll("button")[next]?.focus();
  };
  const run = (tool: Tool) => {
    if (!view.current) return;
    tool.run(view.current);
    view.current.focus();
  };

  return (
    <div
      role="toolbar"
      aria-label={`Looks of ${label}`}
      className={styles.toolbar}
      onKeyDown={move}
    >
      {TOOLS.map((tool, index) => (
        <button
          key={tool.name}
          type="button"
          aria-label={tool.name}
          title={tool.name}
          tabIndex={index === current ? 0 : -1}
          onClick={() => run(tool)}
        >
          {tool.look}
        </button>
      ))}
    </div>
  );
}
