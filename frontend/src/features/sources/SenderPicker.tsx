/** Choosing one of many senders: a field that narrows the list, and the list. */
import { Radio, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Sender, SourceKind } from "../../api/types";
import { Icon } from "../../ui/Icon";
import styles from "./SenderPicker.module.css";
import { findSenders, whenToChoose } from "./senders";

interface Props {
  senders: Sender[];
  value: SourceKind | "";
  error?: string | undefined;
  onChange: (kind: SourceKind) => void;
}

export function SenderPicker({ senders, value, error, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const found = findSenders(senders, typed);
  const [only] = found.length === 1 ? found : [];
  // One stop for Tab, as radio buttons have it; the arrow keys do the rest.
  const stop = found.find(({ kind }) => kind === value) ?? found[0];
  return (
    <div className={styles.picker}>
      <TextInput
        label="Who sends?"
        placeholder="Prometheus, PagerDuty, Zabbix…"
        leftSection={<Icon name="search" />}
        value={typed}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // Enter takes what is found; it does not send a form with half of it said.
          event.preventDefault();
          if (only) onChange(only.kind);
        }}
      />
      <Radio.Group
        aria-label="Senders"
        value={value}
        error={error}
        onChange={(kind) => onChange(kind as SourceKind)}
      >
        <div className={styles.list}>
          {found.map((sender) => (
            <Radio.Card
              key={sender.kind}
              value={sender.kind}
              tabIndex={sender === stop ? 0 : -1}
              className={styles.sender}
              aria-label={`${sender.label}: ${whenToChoose(sender)}`}
            >
              <Radio.Indicator size="xs" />
              <span>
                <span className={styles.name}>{sender.label}</span>
                <span className={styles.when}>{whenToChoose(sender)}</span>
              </span>
            </Radio.Card>
          ))}
          {found.length === 0 && (
            <p className={styles.none}>
              No sender by that name. “Any JSON” takes whatever can post JSON.
            </p>
          )}
        </div>
      </Radio.Group>
      <p role="status" className="visually-hidden">
        {typed === "" ? "" : `${found.length} found`}
      </p>
    </div>
  );
}
