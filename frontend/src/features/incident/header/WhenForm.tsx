/** The four moments of an incident, as people type times. */
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { Incident } from "../../../api/types";
import { ErrorNote } from "../../../ui/ErrorNote";
import { shortMoment } from "../../../ui/time/format";
import { MomentInput } from "../../../ui/time/MomentInput";
import { useZone } from "../../../ui/time/zone";
import { Conflict } from "../api/guarded";
import { useGuardedIncident } from "../api/incident";
import { useIncident } from "../IncidentContext";
import { FieldsConflict } from "../parts/FieldsConflict";
import { momentOf, typedMoment } from "../recap/eventTimes";
import styles from "./WhenForm.module.css";

const FIELDS = ["started_at", "detected_at", "mitigated_at", "resolved_at"] as const;
type Field = (typeof FIELDS)[number];
type Times = Partial<Pick<Incident, Field>>;

const WORDS: Record<Field, string> = {
  started_at: "Started",
  detected_at: "Noticed",
  mitigated_at: "Mitigated",
  resolved_at: "Resolved",
};

export function WhenForm({ onClose }: { onClose: () => void }) {
  const { incident } = useIncident();
  const zone = useZone();
  const change = useGuardedIncident();
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: ({ mine, base }: { mine: Times; base: Times }) => change(mine, base),
    onSuccess: onClose,
  });
  const typed = (field: Field) => {
    const at = incident[field];
    return at ? typedMoment(at, zone) : "";
  };
  const form = useForm<Record<Field, string>>({
    initialValues: Object.fromEntries(FIELDS.map((field) => [field, typed(field)])) as Record<
      Field,
      string
    >,
  });
  const start = new Date(incident.started_at);

  const submit = form.onSubmit((values) => {
    const mine: Times = {};
    for (const field of FIELDS.filter((each) => values[each] !== typed(each))) {
      const at = momentOf(values[field], { zone, base: start, day: start });
      if (at === null || (at === undefined && field === "started_at"))
        return form.setFieldError(field, "This needs to be one moment.");
      Object.assign(mine, { [field]: at ?? null });
    }
    if (Object.keys(mine).length === 0) onClose();
    else mutate({ mine, base: incident });
  });

  const theirs = error instanceof Conflict ? (error.theirs as Incident) : null;
  const said = (times: Times, field: Field) => {
    const at = times[field];
    return at ? shortMoment(new Date(at), zone) : "Not set";
  };
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      {FIELDS.map((field) => (
        <MomentInput
          key={field}
          label={WORDS[field]}
          placeholder={field === "started_at" ? "14:02" : "not yet"}
          base={start}
          day={start}
          value={form.values[field]}
          onChange={(value) => form.setFieldValue(field, value)}
          error={form.errors[field]}
        />
      ))}
      {theirs && variables ? (
        <FieldsConflict
          rows={FIELDS.filter((field) => field in variables.mine).map((field) => ({
            word: WORDS[field],
            mine: said(variables.mine, field),
            theirs: said(theirs, field),
          }))}
          onTheirs={onClose}
          onMine={() => mutate({ mine: variables.mine, base: theirs })}
        />
      ) : (
        <>
          <ErrorNote error={error} />
          <Button type="submit" loading={isPending}>
            {error ? "Try again" : "Save"}
          </Button>
        </>
      )}
    </form>
  );
}
