/** The editor of one passage: everybody's text, with a small toolbar. Loaded when first wanted. */
import type { EditorView } from "@codemirror/view";
import { type FocusEvent, useEffect, useRef } from "react";
import { afterPress } from "../../ui/afterPress";
import { Kbd } from "../../ui/Kbd";
import type { LiveSession } from "../LiveSession";
import styles from "./editor.module.css";
import { openEditor } from "./setup";
import { Toolbar } from "./Toolbar";

interface Props {
  session: LiveSession;
  name: string;
  label: string;
  placeholder: string;
  at: number | null;
  /** `byKey`: the focus belongs back to where the editor was opened. */
  onClose: (byKey: boolean) => void;
}

export function PassageEditor({ session, name, label, placeholder, at, onClose }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ label, placeholder, at, onClose });

  useEffect(() => {
    latest.current = { label, placeholder, at, onClose };
  });

  useEffect(() => {
    if (!host.current) return;
    const { label, placeholder, at } = latest.current;
    const opened = openEditor(host.current, {
      session,
      passage: name,
      label,
      hint: placeholder,
      at,
      onFinish: () => latest.current.onClose(true),
    });
    view.current = opened;
    return () => opened.destroy();
  }, [session, name]);

  const blurred = (event: FocusEvent<HTMLFieldSetElement>) => {
    // Another window in front is no farewell.
    if (!document.hasFocus() || event.currentTarget.contains(event.relatedTarget)) return;
    afterPress(() => onClose(false));
  };

  return (
    <fieldset className={styles.editor} aria-label={`Writing: ${label}`} onBlur={blurred}>
      <div ref={host} />
      <div className={styles.foot}>
        <Toolbar label={label} view={view} />
        <button type="button" className={styles.done} onClick={() => onClose(true)}>
          Done <Kbd keys="mod+Enter" />
        </button>
      </div>
    </fieldset>
  );
}
