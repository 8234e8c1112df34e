/** What may be said about a new incident beyond its one sentence. */
import { Checkbox, Select, TagsInput, Textarea } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { KIND_WORDS, KINDS } from "../../domain/kinds";
import { SeverityMark } from "../../domain/SeverityMark";
import { SEVERITIES, SEVERITY_MEANINGS, SEVERITY_WORDS } from "../../domain/severity";
import { STATUS_WORDS, STATUSES } from "../../domain/stages";
import { MomentInput } from "../../ui/time/MomentInput";
import styles from "./NewIncidentPage.module.css";
import type { NewIncident } from "./newIncident";

const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));
const KIND_CHOICES = KINDS.map((value) => ({ value, label: KIND_WORDS[value] }));
const STATUS_CHOICES = STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }));

export function IncidentDetails({ form }: { form: UseFormReturnType<NewIncident> }) {
  const started = form.getInputProps("startedAt");
  return (
    <div className={styles.details}>
      <Select
        label="Severity"
        data={SEVERITY_CHOICES}
        description={SEVERITY_MEANINGS[form.values.severity]}
        inputWrapperOrder={["label", "input", "description", "error"]}
        leftSection={<SeverityMark severity={form.values.severity} compact />}
        renderOption={({ option }) => (
          <span>
            <SeverityMark severity={option.value as NewIncident["severity"]} />{" "}
            <span className={styles.meaning}>
              {SEVERITY_MEANINGS[option.value as NewIncident["severity"]]}
            </span>
          </span>
        )}
        comboboxProps={{ width: 360, position: "bottom-start" }}
        {...form.getInputProps("severity")}
      />
      <MomentInput
        label="Started"
        placeholder="now"
        value={form.values.startedAt}
        onChange={(typed) => form.setFieldValue("startedAt", typed)}
        error={started.error}
      />
      <Select label="Kind" data={KIND_CHOICES} {...form.getInputProps("kind")} />
      <Select label="Status" data={STATUS_CHOICES} {...form.getInputProps("status")} />
      <TagsInput
        label="Services"
        placeholder="checkout, Enter"
        {...form.getInputProps("services")}
      />
      <TagsInput label="Tags" placeholder="maintenance, Enter" {...form.getInputProps("tags")} />
      <Textarea
        className={styles.wide}
        label="Summary"
        placeholder="What is known so far, in a few sentences. Everybody can add to it."
        autosize
        minRows={3}
        {...form.getInputProps("summary")}
      />
      <Checkbox
        className={styles.wide}
        label="Only its participants and administrators see it"
        {...form.getInputProps("restricted", { type: "checkbox" })}
      />
    </div>
  );
}
