/** Agrees on an action: what first; who and until when as far as it is known. */
import { Button, Select, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Action, Intent } from "../../../api/types";
import { INTENT_WORDS, INTENTS } from "../../../domain/actions";
import { PersonPicker } from "../../../domain/PersonPicker";
import { DateButton } from "../../../ui/DateButton";
import type { ActionCreate } from "../types";
import styles from "./ActionsPart.module.css";
import { useOriginWords } from "./OriginLink";

const LONGEST_TITLE = 300;
const INTENT_CHOICES = INTENTS.map((value) => ({ value, label: INTENT_WORDS[value] }));

interface Props {
  origin: Action["origin"];
  onAdd: (action: ActionCreate) => void;
  onClose: () => void;
}

export function ActionComposer({ origin, onAdd, onClose }: Props) {
  const [title, setTitle] = useState("");
  const [intent, setIntent] = useState<Intent>("prevent");
  const [owner, setOwner] = useState<string | null>(null);
  const [due_on, setDue] = useState<string | null>(null);
  const from = useOriginWords(origin);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.scrollIntoView({ block: "center" });
    field.current?.focus({ preventScroll: true });
  }, []);

  const add = () => {
    if (title.trim() === "") return;
    onAdd({ title: title.trim(), intent, owner, due_on, origin });
    setTitle("");
    setOwner(null);
    setDue(null);
    if (origin) onClose();
    else field.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <form
      className={styles.composer}
      aria-label="New action"
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      {from && <p className={styles.from}>From “{from}”</p>}
      <TextInput
        ref={field}
        aria-label="What will be done"
        placeholder="One thing that somebody can finish: “Ask for the full name before a datastore is removed”"
        maxLength={LONGEST_TITLE}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={styles.choices}>
        <Select
          aria-label="Intent"
          data={INTENT_CHOICES}
          value={intent}
          onChange={(chosen) => setIntent((chosen as Intent | null) ?? "prevent")}
          className={styles.intent}
        />
        <div className={styles.owner}>
          <PersonPicker label="Owner" placeholder="Owner" value={owner} onChange={setOwner} boxed />
        </div>
        <div className={styles.due}>
          <DateButton label="Due" placeholder="Due" value={due_on} onChange={setDue} boxed />
        </div>
        <span className={styles.gap} />
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Close
        </Button>
        <Button size="xs" type="submit" disabled={title.trim() === ""}>
          Add action
        </Button>
      </div>
    </form>
  );
}
