/** The graph of whys as an outline, made for the keyboard. */
import { type FocusEvent, useMemo, useRef, useState } from "react";
import { useLive } from "../../../live/LiveProvider";
import { LeavingGuard } from "../../../ui/LeavingGuard";
import { focusRow } from "../parts/rows";
import type { Why } from "../types";
import {
  deeperPlace,
  shallowerPlace,
  type WhyAddition,
  type WhyPlace,
  withAdditions,
} from "./drafts";
import { deeper, shallower, shifted } from "./moves";
import styles from "./Outline.module.css";
import { Reference, UnsentWhy } from "./otherRows";
import { buildOutline, type OutlineRow } from "./outline";
import { useNewWhys } from "./useNewWhys";
import { useOutlineKeys } from "./useOutlineKeys";
import { useWhyChanges } from "./useWhyChanges";
import { type AfterAdding, WhyDraft } from "./WhyDraft";
import { WhyNode } from "./WhyNode";
import type { WhyDeeds } from "./whyDeeds";

const DRAFT = "draft";

export interface OutlineProps {
  whys: readonly Why[];
  editable: boolean;
  selected: string | null;
  /** Where a new why is being asked; null when none is. */
  draft: WhyPlace | null;
  onDraft: (place: WhyPlace | null) => void;
  onSelect: (id: string) => void;
  onPickCauses: (id: string) => void;
  onPickEvidence: (id: string) => void;
  onAddAction: (why: Why) => void;
}

export function Outline(props: OutlineProps) {
  const { whys, editable, selected, draft, onDraft, onSelect } = props;
  const { session } = useLive();
  const { onMoves, onDelete } = useWhyChanges();
  const [active, setActive] = useState<string | null>(null);
  const answerNext = useRef(new Set<string>());
  const outbox = useNewWhys((id, draftId) => {
    if (answerNext.current.delete(draftId)) session?.edit(`whys/${id}/answer`, 0);
  });

  const graph = useMemo(() => {
    const additions: WhyAddition[] = outbox.items.map(({ id, body }) => ({ ...body, id }));
    if (draft) additions.push({ ...draft, id: DRAFT });
    return withAdditions(whys, additions);
  }, [whys, outbox.items, draft]);
  const rows = useMemo(() => buildOutline(graph), [graph]);
  const byId = useMemo(() => new Map(whys.map((why) => [why.id, why])), [whys]);
  const rowOf = (id: string) => rows.find((row) => row.id === id && !row.reference);

  const deeds: WhyDeeds = {
    addBelow: (row) => onDraft({ parent: row.id, after: null }),
    addBeside: (row) => onDraft({ parent: row.parent, after: row.id }),
    deeper: (row) => onMoves(deeper(whys, row) ?? (row.siblings[0] === row.id ? [] : null)),
    shallower: (row) => onMoves(shallower(whys, row) ?? []),
    shift: (row, by) => onMoves(shifted(whys, row, by) ?? []),
    pickCauses: (row) => props.onPickCauses(row.id),
    pickEvidence: (why) => props.onPickEvidence(why.id),
    addAction: props.onAddAction,
    remove: onDelete,
  };
  useOutlineKeys(editable ? (active && rowOf(active)) || null : null, byId, deeds);

  const add = (question: string, then: AfterAdding) => {
    if (!draft) return;
    const id = outbox.add({ question, ...draft });
    if (then === "answer") answerNext.current.add(id);
    onDraft(then === "sibling" ? { parent: draft.parent, after: id } : null);
  };
  const closeDraft = (byKey: boolean) => {
    const back = draft?.after ?? draft?.parent ?? null;
    onDraft(null);
    if (byKey && back) requestAnimationFrame(() => focusRow("why", back));
  };
  const focused = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.closest<HTMLElement>("[data-place='why']")?.dataset.id ?? null;
    setActive(event.target.matches("[data-row]") ? id : null);
    if (id) onSelect(id);
  };

  const renderRow = (row: OutlineRow) => {
    const why = byId.get(row.id);
    const unsent = outbox.items.find(({ id }) => id === row.id);
    if (row.reference) return <Reference row={row} number={rowOf(row.id)?.number} why={why} />;
    if (row.id === DRAFT && draft)
      return (
        <WhyDraft
          number={row.number}
          depth={row.depth}
          onAdd={add}
          onDeeper={() => onDraft(deeperPlace(draft) ?? draft)}
          onShallower={() =>
            onDraft(shallowerPlace(draft, (id) => rowOf(id)?.parent ?? null) ?? draft)
          }
          onClose={closeDraft}
        />
      );
    if (unsent) return <UnsentWhy row={row} item={unsent} outbox={outbox} />;
    return (
      why && (
        <WhyNode
          row={row}
          why={why}
          editable={editable}
          selected={selected === why.id}
          deeds={deeds}
        />
      )
    );
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notes where the focus is
    <div onFocus={focused} onBlur={() => setActive(null)}>
      <ol className={styles.outline} aria-label="Whys">
        {rows.map((row) => (
          <li key={row.reference ? row.path.join("/") : row.id}>{renderRow(row)}</li>
        ))}
      </ol>
      {outbox.items.some(({ error }) => error !== null) && <LeavingGuard unsaved />}
    </div>
  );
}
