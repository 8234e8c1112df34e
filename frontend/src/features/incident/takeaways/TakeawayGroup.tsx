/** Takeaways of one kind, and a line to add the next. */

import { Markdown } from "../../../live/markdown/Markdown";
import type { Outbox } from "../api/useOutbox";
import { AddLine } from "../parts/AddLine";
import { UnsentNote } from "../parts/UnsentNote";
import type { Takeaway, TakeawayCreate, TakeawayPatch } from "../types";
import { GROUP_WORDS, type Group, groupOf, newIn } from "./kinds";
import styles from "./TakeawayGroup.module.css";
import { TakeawayRow } from "./TakeawayRow";

interface Props {
  group: Group;
  takeaways: readonly Takeaway[];
  outbox: Outbox<TakeawayCreate>;
  editable: boolean;
  selected: string | undefined;
  onChange: (takeaway: Takeaway, patch: TakeawayPatch) => void;
  onDelete: (takeaway: Takeaway) => void;
  onAddAction: (takeaway: Takeaway) => void;
}

export function TakeawayGroup(props: Props) {
  const { group, takeaways, outbox, editable, selected, onChange, onDelete, onAddAction } = props;
  const words = GROUP_WORDS[group];
  const unsent = outbox.items.filter(
    ({ body }) => groupOf({ kind: body.kind, parked: body.parked ?? false }) === group,
  );
  const empty = takeaways.length + unsent.length === 0;
  if (empty && !editable && group === "parked") return null;
  return (
    <section className={styles.group} data-group={group} aria-label={words.heading}>
      <h3>{words.heading}</h3>
      {words.lead && <p className={styles.lead}>{words.lead}</p>}
      {empty && !editable && <p className={styles.lead}>Nothing here yet</p>}
      <ul className={styles.list}>
        {takeaways.map((takeaway, index) => (
          <li key={takeaway.id}>
            <TakeawayRow
              takeaway={takeaway}
              name={`${words.one} ${index + 1}`}
              editable={editable}
              selected={selected === takeaway.id}
              onChange={onChange}
              onDelete={onDelete}
              onAddAction={onAddAction}
            />
          </li>
        ))}
        {unsent.map((item) => (
          <li key={item.id} className={styles.row}>
            <div className={styles.text}>
              <Markdown source={item.body.text ?? ""} />
              <UnsentNote
                item={item}
                text={item.body.text ?? ""}
                onRetry={outbox.retry}
                onDiscard={outbox.discard}
              />
            </div>
          </li>
        ))}
      </ul>
      {editable && (
        <AddLine
          label={`Add a ${words.one}`}
          placeholder={words.invitation}
          onAdd={(text) => outbox.add({ ...newIn(group), text })}
        />
      )}
    </section>
  );
}
