/** What was expected and assumed at a why, and how we know. */
import { useLive } from "../../../live/LiveProvider";
import { Passage } from "../../../live/passage/Passage";
import { useEditing, usePassageText } from "../../../live/useLiveValues";
import type { Why } from "../types";
import styles from "./Outline.module.css";
import type { OutlineRow } from "./outline";
import { WhyEvidence } from "./WhyEvidence";
import type { WhyDeeds } from "./whyDeeds";

interface Props {
  row: OutlineRow;
  why: Why;
  editable: boolean;
  deeds: WhyDeeds;
}

/** What is there shows; what is not can be added, without empty fields in the way of reading. */
export function WhyFields({ why, row, editable, deeds }: Props) {
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
