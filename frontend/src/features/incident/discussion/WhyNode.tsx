/** One why of the outline: its question, its answer, what we expected and assumed, how we know. */
import { ActionIcon } from "@mantine/core";
import { Passage } from "../../../live/passage/Passage";
import { Icon } from "../../../ui/Icon";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { useAskOtherwise } from "../api/whys";
import { InlineText } from "../parts/InlineText";
import { RowMenu } from "../parts/RowMenu";
import { rowMark } from "../parts/rows";
import type { Why } from "../types";
import styles from "./Outline.module.css";
import type { OutlineRow } from "./outline";
import { WhyFields } from "./WhyFields";
import { WhyMenu } from "./WhyMenu";
import type { WhyDeeds } from "./whyDeeds";

const LONGEST_QUESTION = 300;

interface Props {
  row: OutlineRow;
  why: Why;
  editable: boolean;
  selected: boolean;
  deeds: WhyDeeds;
}

export function WhyNode({ row, why, editable, selected, deeds }: Props) {
  const askOtherwise = useAskOtherwise(why);
  return (
    <div
      className={styles.node}
      style={{ "--depth": row.depth } as React.CSSProperties}
      data-selected={selected || undefined}
      {...rowMark("why", why.id)}
    >
      <span className={styles.number}>{row.number}</span>
      <div className={styles.content}>
        <h3 className={styles.question}>
          {editable ? (
            <InlineText
              value={why.question}
              label="Question"
              maxLength={LONGEST_QUESTION}
              editable
              theirs={(theirs) => (theirs as Why).question}
              save={askOtherwise}
              rowMark={ROW}
              onKey={(event) => {
                if (event.key !== "Tab") return false;
                event.preventDefault();
                if (event.shiftKey) deeds.shallower(row);
                else deeds.deeper(row);
                return true;
              }}
            />
          ) : (
            why.question
          )}
        </h3>
        <Passage
          name={`whys/${why.id}/answer`}
          read={why.answer}
          label={`Answer to ${row.number}`}
          placeholder="What made it so? How did it make sense at the time?"
          nothing="Not answered yet"
        />
        <WhyFields why={why} row={row} editable={editable} deeds={deeds} />
      </div>
      <div className={styles.tools}>
        {editable && (
          <ActionIcon
            className={styles.tool}
            aria-label={`Why below ${row.number}`}
            title="Why below (W)"
            onClick={() => deeds.addBelow(row)}
          >
            <Icon name="plus" />
          </ActionIcon>
        )}
        <RowMenu place="why" id={why.id} of={`why ${row.number}`}>
          {editable && <WhyMenu row={row} why={why} deeds={deeds} />}
        </RowMenu>
      </div>
    </div>
  );
}
