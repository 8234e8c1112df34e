/** A piece of shared Markdown: read as it is this moment, and opened for writing where it is clicked. */
import { Link, useParams } from "@tanstack/react-router";
import { lazy, type MouseEvent, Suspense, useEffect, useRef } from "react";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import { personColour } from "../../ui/person";
import { SectionBoundary } from "../../ui/SectionBoundary";
import { useLive } from "../LiveProvider";
import { Markdown } from "../markdown/Markdown";
import type { PersonHere } from "../presence/people";
import { useEditing, usePassageText, useWriters } from "../useLiveValues";
import { clickedPlace } from "./clickedPlace";
import styles from "./Passage.module.css";
import { useMayWrite } from "./useMayWrite";

const PassageEditor = lazy(() =>
  import("../editor/PassageEditor").then((loaded) => ({ default: loaded.PassageEditor })),
);

interface Props {
  /** Its name in the document, such as `events/<id>/text`. */
  name: string;
  /** Its text as it was last read over HTTP. */
  read: string;
  /** What it is, for its button and its editor: "Summary". */
  label: string;
  /** What belongs here, while nothing is. */
  placeholder: string;
  /** What readers who cannot write see while nothing is here; without it, nothing. */
  nothing?: string;
}

export function Passage({ name, read, label, placeholder, nothing }: Props) {
  const { session } = useLive();
  const text = usePassageText(name, read);
  const editing = useEditing(name);
  const writers = useWriters(name);
  const mayWrite = useMayWrite();
  const root = useRef<HTMLDivElement>(null);
  const wasEditing = useRef(false);
  const refocus = useRef(false);
  const open = mayWrite && editing !== null;

  useEffect(() => {
    if (wasEditing.current && !open && refocus.current)
      root.current?.querySelector("button")?.focus();
    wasEditing.current = open;
  }, [open]);

  const edit = (at: number | null) => session?.edit(name, at);
  const close = (byKey: boolean) => {
    refocus.current = byKey;
    if (session?.editing.get()?.passage === name) session.edit(null);
  };

  const reading = (
    <Reading
      text={text}
      label={label}
      placeholder={placeholder}
      nothing={nothing}
      onEdit={mayWrite ? edit : undefined}
    />
  );
  return (
    <div
      ref={root}
      className={styles.passage}
      data-passage={name}
      data-label={label}
      data-open={open || undefined}
      data-written={writers.length > 0 || undefined}
      style={writers[0] && ({ "--writer": personColour(writers[0].id) } as React.CSSProperties)}
    >
      {writers.length > 0 && <Writers people={writers} />}
      {open && session ? (
        <SectionBoundary>
          <Suspense fallback={reading}>
            <PassageEditor
              session={session}
              name={name}
              label={label}
              placeholder={placeholder}
              at={editing?.at ?? null}
              onClose={close}
            />
          </Suspense>
        </SectionBoundary>
      ) : (
        reading
      )}
      {!open && text.trim() !== "" && <HistoryLink passage={name} />}
    </div>
  );
}

/** For pointers: keys have H, and the row's menu. */
function HistoryLink({ passage }: { passage: string }) {
  const { incidentKey } = useParams({ strict: false });
  if (incidentKey === undefined) return null;
  return (
    <Link
      className={styles.history}
      to="/i/$incidentKey/history"
      params={{ incidentKey }}
      search={{ passage }}
      preload={false}
      tabIndex={-1}
      aria-hidden="true"
      title="History of this text"
    >
      <Icon name="history" size={14} />
    </Link>
  );
}

interface ReadingProps {
  text: string;
  label: string;
  placeholder: string;
  nothing: string | undefined;
  onEdit: ((at: number | null) => void) | undefined;
}

function Reading({ text, label, placeholder, nothing, onEdit }: ReadingProps) {
  if (text.trim() === "") {
    if (!onEdit) return nothing ? <p className={styles.nothing}>{nothing}</p> : null;
    return (
      <button type="button" className={styles.invitation} onClick={() => onEdit(0)}>
        <span className="visually-hidden">{label}: </span>
        {placeholder}
      </button>
    );
  }
  if (!onEdit) return <Markdown source={text} />;
  const click = (event: MouseEvent) => {
    const place = clickedPlace(event);
    if (place !== "elsewhere") onEdit(place);
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button below does it for keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button below does it for keys */}
      <div className={styles.text} onClick={click}>
        <Markdown source={text} />
      </div>
      <button
        type="button"
        className={styles.edit}
        aria-label={`Edit ${label}`}
        title="Edit"
        onClick={() => onEdit(null)}
        onKeyDown={(event) => {
          if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          onEdit(null);
        }}
      >
        <Icon name="edit" size={14} />
      </button>
    </>
  );
}

function Writers({ people }: { people: readonly PersonHere[] }) {
  return (
    <span className={styles.writers}>
      {people.map(({ id, name }) => (
        <span key={id} title={`${name} is writing here`}>
          <Avatar id={id} name={name} size={18} decorative />
          <span className="visually-hidden">{name} is writing here</span>
        </span>
      ))}
    </span>
  );
}
