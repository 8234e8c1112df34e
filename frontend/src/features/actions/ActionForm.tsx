/** Everything about an action in one form, saved together, on the version that was looked at. */
import { Button, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { Tagged } from "../../api/client";
import { beyondFields } from "../../api/problem";
import type { Action } from "../../api/types";
import { ACTION_STATUS_WORDS, ACTION_STATUSES, INTENT_WORDS, INTENTS } from "../../domain/actions";
import { mayWrite, useMe } from "../../domain/me";
import { PersonPicker } from "../../domain/PersonPicker";
import { DateButton } from "../../ui/DateButton";
import { ErrorNote } from "../../ui/ErrorNote";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { ActionConflict } from "./ActionConflict";
import styles from "./ActionPanel.module.css";
import type { Values } from "./actionForm";
import { useActionForm } from "./useActionForm";

const STATUS_CHOICES = ACTION_STATUSES.map((value) => ({
  value,
  label: ACTION_STATUS_WORDS[value],
}));
const INTENT_CHOICES = INTENTS.map((value) => ({ value, label: INTENT_WORDS[value] }));

interface Props {
  loaded: Tagged<Action>;
  onClose: () => void;
  onSaved: () => void;
}

export function ActionForm({ loaded, onClose, onSaved }: Props) {
  const { reason } = mayWrite(useMe());
  const { form, unsaved, save, pending, error, conflict } = useActionForm(loaded, onSaved);
  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <Textarea
        label="What is to be done"
        autosize
        minRows={2}
        maxLength={300}
        {...form.getInputProps("title")}
      />
      <div className={styles.pair}>
        <Select label="Status" data={STATUS_CHOICES} {...form.getInputProps("status")} />
        <Select label="Intent" data={INTENT_CHOICES} {...form.getInputProps("intent")} />
      </div>
      <div className={styles.pair}>
        <Labelled label="Owner">
          <PersonPicker
            boxed
            label="Owner"
            placeholder="Nobody yet"
            value={form.values.owner}
            valueName={loaded.value.owner_name}
            onChange={(owner) => form.setFieldValue("owner", owner)}
          />
        </Labelled>
        <Labelled label="Due">
          <DateButton
            boxed
            label="Due"
            placeholder="No date"
            value={form.values.due_on}
            onChange={(date) => form.setFieldValue("due_on", date)}
          />
        </Labelled>
      </div>
      <TextInput
        label="Tracker link"
        type="url"
        placeholder="https://tracker.example/ACT-17"
        {...form.getInputProps("tracker_url")}
        value={form.values.tracker_url ?? ""}
        onChange={(event) => form.setFieldValue("tracker_url", event.currentTarget.value || null)}
      />
      {form.values.status === "done" && <Proof form={form} />}
      {conflict ? (
        <ActionConflict {...conflict} />
      ) : (
        <ErrorNote error={beyondFields(error, ["title", "tracker_url", "evidence"])} />
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <ReasonedButton type="submit" reason={reason} loading={pending} disabled={!unsaved}>
          Save
        </ReasonedButton>
      </div>
      <LeavingGuard unsaved={unsaved} anywhere />
    </form>
  );
}

type ProofForm = Pick<UseFormReturnType<Values>, "values" | "getInputProps" | "setFieldValue">;

/** How it is known to be done, and whether it held later. */
function Proof({ form }: { form: ProofForm }) {
  const { held } = form.values;
  return (
    <div className={styles.proof}>
      <TextInput
        label="Proof that it is done"
        description="A link or a sentence that lets others see it."
        {...form.getInputProps("evidence")}
        value={form.values.evidence ?? ""}
        onChange={(event) => form.setFieldValue("evidence", event.currentTarget.value || null)}
      />
      <Labelled label="Look again on">
        <DateButton
          boxed
          label="Look again on"
          placeholder="No date"
          value={form.values.check_on}
          onChange={(date) => form.setFieldValue("check_on", date)}
        />
      </Labelled>
      <Labelled label="Did it hold?">
        <SegmentedControl
          aria-label="Did it hold?"
          value={held === null ? "unknown" : String(held)}
          onChange={(value) =>
            form.setFieldValue("held", value === "unknown" ? null : value === "true")
          }
          data={[
            { value: "unknown", label: "Not looked yet" },
            { value: "true", label: "Held" },
            { value: "false", label: "Did not hold" },
          ]}
        />
      </Labelled>
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
