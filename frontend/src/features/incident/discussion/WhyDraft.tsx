/** A why being asked, as a row of the outline that keys move around before it is sent. */
import { Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { afterPress } from "../../../ui/afterPress";
import { Kbd } from "../../../ui/Kbd";
import styles from "./Outline.module.css";

const LONGEST_QUESTION = 300;

export type AfterAdding = "sibling" | "answer" | "nothing";

interface Props {
  number: string;
  depth: number;
  onAdd: (question: string, then: AfterAdding) => void;
  onDeeper: () => void;
  onShallower: () => void;
  /** `byKey`: the focus belongs back into the outline. */
  onClose: (byKey: boolean) => void;
}

export function WhyDraft({ number, depth, onAdd, onDeeper, onShallower, onClose }: Props) {
  const [question, setQuestion] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: moved in the outline, it is in the focus still
  useEffect(() => {
    field.current?.focus();
    field.current?.scrollIntoView({ block: "nearest" });
  }, [number]);

  const add = (then: AfterAdding) => {
    const asked = question.trim().replace(/\s+/g, " ");
    if (asked === "") return onClose(true);
    setQuestion("");
    onAdd(asked, then);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const deed = {
      Enter: () => add(event.ctrlKey || event.metaKey ? "answer" : "sibling"),
      Tab: event.shiftKey ? onShallower : onDeeper,
      Escape: () => onClose(true),
    }[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };

  return (
    <div className={styles.node} style={{ "--depth": depth } as React.CSSProperties} data-draft>
      <span className={styles.number}>{number}</span>
      <div className={styles.content}>
        <Textarea
          ref={field}
          aria-label={`New why ${number}`}
          placeholder={
            depth === 0 ? "How did it come that…" : "Why was that so? How did it make sense then?"
          }
          autosize
          minRows={1}
          maxLength={LONGEST_QUESTION}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          onKeyDown={keys}
          onBlur={() => {
            if (question.trim() === "") afterPress(() => onClose(false));
          }}
          classNames={{ input: styles.draftInput ?? "" }}
        />
        <p className={styles.hint}>
          <Kbd keys="Enter" /> another beside it · <Kbd keys="Tab" /> deeper ·{" "}
          <Kbd keys="shift+Tab" /> up · <Kbd keys="mod+Enter" /> write its answer ·{" "}
          <Kbd keys="Escape" /> done
        </p>
      </div>
    </div>
  );
}
