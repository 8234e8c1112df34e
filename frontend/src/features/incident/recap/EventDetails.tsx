/** When an entry happened, when it was known, whose view it is and what shows it. */
import { Button, SegmentedControl, TagsInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { PersonPicker } from "../../../domain/PersonPicker";
import { ErrorNote } from "../../../ui/ErrorNote";
import { MomentInput } from "../../../ui/time/MomentInput";
import { useZone } from "../../../ui/time/zone";
import { FieldsConflict } from "../parts/FieldsConflict";
import type { TimelineEvent } from "../types";
import styles from "./EventDetails.module.css";
import { conflictRows, detailsOf, readDetails } from "./eventDetailsForm";
import { EVENT_KINDS, EVENT_LOOKS } from "./kinds";
import { useSaveDetails } from "./useSaveDetails";

const KINDS = EVENT_KINDS.map((value) => ({ value, label: EVENT_LOOKS[value].word }));

interface Props {
  event: TimelineEvent;
  onClose: () => void;
}

export function EventDetails({ event, onClose }: Props) {
  const zone = useZone();
  const form = useForm({ initialValues: detailsOf(event, zone) });
  const { save, saving, error, conflict } = useSaveDetails(event, onClose);
  const day = new Date(event.occurred_at);

  const submit = form.onSubmit((values) => {
    const { patch, errors } = readDetails(values, event, zone);
    form.setErrors(errors);
    if (Object.keys(errors).length === 0) save(patch);
  });

  return (
    <form
      className={styles.details}
      onSubmit={submit}
      noValidate
      onKeyDown={(press) => {
        if (press.key === "Escape") onClose();
      }}
    >
      <SegmentedControl
        className={styles.wide}
        data={KINDS}
        aria-label="Kind"
        {...form.getInputProps("kind")}
      />
      <MomentInput
        label="Happened"
        day={day}
        autoFocus
        value={form.values.occurred}
        onChange={(typed) => form.setFieldValue("occurred", typed)}
        error={form.errors.occurred}
      />
      <MomentInput
        label="Known to those acting"
        placeholder="the same time"
        day={day}
        base={day}
        value={form.values.known}
        onChange={(typed) => form.setFieldValue("known", typed)}
        error={form.errors.known}
      />
      <div>
        <span className={styles.label}>Whose account</span>
        <PersonPicker
          label="Whose account"
          placeholder="Everybody’s"
          value={form.values.accountOf}
          valueName={event.account_of_name}
          onChange={(id) => form.setFieldValue("accountOf", id)}
          boxed
        />
      </div>
      <TagsInput
        label="Evidence"
        placeholder="https://, Enter"
        splitChars={[" ", ","]}
        {...form.getInputProps("evidence")}
      />
      {conflict ? (
        <div className={styles.wide}>
          <FieldsConflict
            rows={conflictRows(conflict, zone)}
            onTheirs={onClose}
            onMine={conflict.keepMine}
          />
        </div>
      ) : (
        <div className={styles.buttons}>
          <ErrorNote error={error} />
          <Button type="submit" size="xs" loading={saving}>
            {error ? "Try again" : "Save"}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        </div>
      )}
    </form>
  );
}
