/** What settings that are not saved yet would make of a message that came, or of one that is pasted. */
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem } from "../../api/problem";
import type { Delivery, Source, TriedSettings } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { shortMoment } from "../../ui/time/format";
import { useZone } from "../../ui/time/zone";
import { deliveriesQuery, trialQuery } from "./api";
import { JSON_HEADERS, MessageField } from "./MessageField";
import { FIELD_WORDS, isField } from "./mapping";
import { pretty } from "./pretty";
import { Reading } from "./Reading";
import styles from "./Trial.module.css";

const TYPING_MS = 300;
const PASTED = "pasted";

interface Props {
  source: Source;
  /** What is tried: "These rules". */
  what: string;
  /** Null while they cannot be tried. */
  settings: TriedSettings | null;
  /** The message stands beside what it becomes: for settings that point into it. */
  withBody?: boolean;
}

export function Trial({ source, what, settings, withBody = false }: Props) {
  const zone = useZone();
  const came = useInfiniteQuery(deliveriesQuery(source.id)).data?.pages.flatMap(
    ({ items }) => items,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const [pasted, setPasted] = useState("");
  if (!came) return null;
  const delivery =
    chosen === PASTED ? undefined : (came.find(({ id }) => id === chosen) ?? came[0]);
  const message = delivery ?? { headers: JSON_HEADERS, body: pasted };
  return (
    <section className={styles.trial} aria-label={`${what} tried on a message`}>
      <Select
        label={`${what} tried on`}
        data={[
          ...came.map((each) => ({ value: each.id, label: named(each, zone) })),
          { value: PASTED, label: "A message that I paste" },
        ]}
        value={delivery?.id ?? PASTED}
        allowDeselect={false}
        onChange={setChosen}
      />
      {!delivery && <MessageField label="Message to try" value={pasted} onChange={setPasted} />}
      {delivery && withBody && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long payloads must scroll by keyboard
        <pre tabIndex={0} className={styles.payload}>
          {pretty(delivery.body)}
        </pre>
      )}
      {settings && (delivery || pasted.trim()) && (
        <Tried source={source} settings={settings} message={message} />
      )}
    </section>
  );
}

interface TriedProps {
  source: Source;
  settings: TriedSettings;
  message: Pick<Delivery, "headers" | "body">;
}

function Tried({ source, settings, message: { headers, body } }: TriedProps) {
  // Compared as text, or each render would begin a wait of its own.
  const [settled] = useDebouncedValue(JSON.stringify({ headers, body, ...settings }), TYPING_MS);
  const tried = useQuery(trialQuery(source.id, JSON.parse(settled)));
  if (tried.error) return <TrialProblem error={tried.error} />;
  return (
    <div className={styles.becomes} data-waiting={tried.isPlaceholderData || undefined}>
      {tried.data && <Reading {...tried.data} />}
    </div>
  );
}

/** Half-typed expressions are no alarm: what does not read yet is named in one line each. */
function TrialProblem({ error }: { error: unknown }) {
  if (!isProblem(error) || error.errors.length === 0) return <ErrorNote error={error} />;
  return (
    <ul className={styles.unread} role="status">
      {error.errors.map(({ pointer, detail }) => (
        <li key={pointer}>
          {partOf(pointer)}: {firstPart(detail)}
        </li>
      ))}
    </ul>
  );
}

function partOf(pointer: string): string {
  const name = pointer.split("/").at(-1) ?? "";
  return isField(name) ? FIELD_WORDS[name].label : name;
}

/** Parsers go on at length about what they would have liked instead. */
function firstPart(detail: string): string {
  return detail.split(": ")[0] ?? detail;
}

function named({ received_at, signals }: Delivery, zone: string): string {
  const title = signals.find((signal) => signal.title)?.title ?? "about no alert";
  return `${shortMoment(new Date(received_at), zone)} · ${title}`;
}
