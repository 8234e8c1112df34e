/** One why of the outline: its question, its answer, what we expected and assumed, how we know. */
import { ActionIcon, Menu } from "@mantine/core";
import { useLive } from "../../../live/LiveProvider";
import { Passage } from "../../../live/passage/Passage";
import { useEditing, usePassageText } from "../../../live/useLiveValues";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { useAskOtherwise } from "../api/whys";
import { InlineText } from "../parts/InlineText";
import { RowMenu } from "../parts/RowMenu";
import { rowMark } from "../parts/rows";
import type { Why } from "../types";
import styles from "./Outline.module.css";
import type { OutlineRow } from "./outline";
import { WhyEvidence } from "./WhyEvidence";

const LONGEST_QUESTION = 300;

export interface WhyDeeds {
  addBelow: (row: OutlineRow) => void;
  addBeside: (row: OutlineRow) => void;
  deeper: (row: OutlineRow) => void;
  shallower: (row: OutlineRow) => void;
  shift: (row: OutlineRow, by: 1 | -1) => void;
  pickCauses: (row: OutlineRow) => void;
  pickEvidence: (why: Why) => void;
  addAction: (why: Why) => void;
  remove: (why: Why) => void;
}

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

function WhyMenu({ row, why, deeds }: Pick<Props, "row" | "why" | "deeds">) {
  return (
    <>
      <Menu.Item rightSection={<Kbd keys="w" />} onClick={() => deeds.addBelow(row)}>
        Why below
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="Enter" />} onClick={() => deeds.addBeside(row)}>
        Another beside it
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+l" />} onClick={() => deeds.pickCauses(row)}>
        Also caused by…
      </Menu.Item>
      <Menu.Item onClick={() => deeds.pickEvidence(why)}>How we know…</Menu.Item>
      <Menu.Item onClick={() => deeds.addAction(why)}>Action from this</Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={<Kbd keys="alt+ArrowUp" />} onClick={() => deeds.shift(row, -1)}>
        Move up
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+ArrowDown" />} onClick={() => deeds.shift(row, 1)}>
        Move down
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+ArrowRight" />} onClick={() => deeds.deeper(row)}>
        One deeper
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+ArrowLeft" />} onClick={() => deeds.shallower(row)}>
        One up
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        color="danger"
        leftSection={<Icon name="trash" />}
        rightSection={<Kbd keys="Delete" />}
        onClick={() => deeds.remove(why)}
      >
        Delete why
      </Menu.Item>
    </>
  );
}

/** What is there shows; what is not can be added, without empty fields in the way of reading. */
function WhyFields({ why, row, editable, deeds }: Omit<Props, "selected">) {
  const { session } = useLive();
  const expectation = useField(why, "expectation");
  const assumption = useField(why, "assumption");
  const addable = editable && session !== null;
  return (
    <>
      <dl className={styles.fields}>
        {expectation.shown && (
          <Field
            {...expectation}
            word="We expected"
            label={`What we expected at ${row.number}`}
            placeholder="What would have been the normal way?"
          />
        )}
        {assumption.shown && (
          <Field
            {...assumption}
            word="We assumed"
            label={`What we assumed at ${row.number}`}
            placeholder="What was taken for granted?"
          />
        )}
        <WhyEvidence why={why} />
      </dl>
      {addable && (
        <div className={styles.adders}>
          {!expectation.shown && (
            <button type="button" onClick={() => session.edit(expectation.name, 0)}>
              + Expected
            </button>
          )}
          {!assumption.shown && (
            <button type="button" onClick={() => session.edit(assumption.name, 0)}>
              + Assumed
            </button>
          )}
          {why.evidence.length === 0 && (
            <button type="button" onClick={() => deeds.pickEvidence(why)}>
              + How we know
            </button>
          )}
        </div>
      )}
    </>
  );
}

function useField(why: Why, part: "expectation" | "assumption") {
  const name = `whys/${why.id}/${part}`;
  const text = usePassageText(name, why[part]);
  const editing = useEditing(name);
  return { name, read: why[part], shown: text.trim() !== "" || editing !== null };
}

interface FieldProps {
  word: string;
  name: string;
  read: string;
  label: string;
  placeholder: string;
}

function Field({ word, name, read, label, placeholder }: FieldProps) {
  return (
    <>
      <dt>{word}</dt>
      <dd>
        <Passage name={name} read={read} label={label} placeholder={placeholder} />
      </dd>
    </>
  );
}
