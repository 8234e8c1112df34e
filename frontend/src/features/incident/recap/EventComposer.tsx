/** Adds entries one after the other: what kind, what in words, and when if it was not just now. */
import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Kbd } from "../../../ui/Kbd";
import { MomentInput } from "../../../ui/time/MomentInput";
import { useZone } from "../../../ui/time/zone";
import type { EventCreate, EventKind } from "../types";
import styles from "./EventComposer.module.css";
import { eventDraft } from "./eventDraft";
import { momentOf } from "./eventTimes";
import { EVENT_KINDS, EVENT_LOOKS } from "./kinds";
import type { ComposeWish } from "./TimelinePart";

const KINDS = EVENT_KINDS.map((value) => ({ value, label: EVENT_LOOKS[value].word }));

interface Props {
  incidentKey: string;
  frame: { base: Date; day: Date | undefined };
  wish: ComposeWish;
  onAdd: (event: EventCreate) => void;
  onClose: () => void;
}

export function EventComposer({ incidentKey, frame, wish, onAdd, onClose }: Props) {
  const zone = useZone();
  const draft = eventDraft(incidentKey);
  const [kept] = useState(draft.read);
  const [kind, setKind] = useState<EventKind>(kept?.kind ?? "effect");
  const [text, setText] = useState(kept?.text ?? "");
  const [when, setWhen] = useState(kept?.when ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const textArea = useRef<HTMLTextAreaElement>(null);
  const timeField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (text || when) draft.keep({ kind, text, when });
    else draft.forget();
  }, [draft, kind, text, when]);

  useEffect(() => {
    const field = wish.at === "time" ? timeField.current : textArea.current;
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }, [wish]);

  const add = () => {
    const occurred_at = momentOf(when, { zone, ...frame });
    if (occurred_at === null) return setProblem("This needs to be one moment.");
    if (text.trim() === "") return setProblem(null);
    onAdd({ kind, text: text.trim(), occurred_at: occurred_at ?? new Date().toISOString() });
    setText("");
    setWhen("");
    setProblem(null);
    textArea.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      return onClose();
    }
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };

  return (
    <form
      className={styles.composer}
      aria-label="New event"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <div className={styles.head}>
        <SegmentedControl
          data={KINDS}
          value={kind}
          onChange={(chosen) => setKind(chosen as EventKind)}
          aria-label="Kind"
        />
        <MomentInput
          ref={timeField}
          className={styles.time}
          aria-label="When"
          placeholder="now, 14:02, +5m, yesterday 23:10"
          value={when}
          onChange={(typed) => {
            setWhen(typed);
            setProblem(null);
          }}
          onKeyDown={keys}
          error={problem}
          {...frame}
        />
      </div>
      <Textarea
        ref={textArea}
        aria-label="What happened"
        placeholder={EVENT_LOOKS[kind].invitation}
        autosize
        minRows={2}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
        classNames={{ input: styles.text ?? "" }}
      />
      <div className={styles.foot}>
        <span className={styles.hint}>
          <Kbd keys="Enter" /> adds it and goes on · <Kbd keys="Escape" /> closes
        </span>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Close
        </Button>
        <Button size="xs" type="submit" disabled={text.trim() === ""}>
          Add event
        </Button>
      </div>
    </form>
  );
}
