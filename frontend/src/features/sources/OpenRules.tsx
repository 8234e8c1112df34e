/** Which alerts open an incident, which join one, and what the end of one does. */
import { Checkbox, NumberInput, Radio, Select, TagsInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { SEVERITIES, SEVERITY_WORDS } from "../../domain/severity";
import styles from "./Rules.module.css";
import { MOST_MINUTES, type RulesForm } from "./rules";

const LEVELS = [
  { value: "any", label: "any severity" },
  ...SEVERITIES.slice(0, -1).map((value) => ({
    value,
    label: value === "sev1" ? SEVERITY_WORDS[value] : `${SEVERITY_WORDS[value]} or worse`,
  })),
];
const WHOSE = [
  { value: "all", label: "all services" },
  { value: "some", label: "only some services or labels" },
];

export function OpenRules({ form }: { form: UseFormReturnType<RulesForm> }) {
  const { values } = form;
  return (
    <>
      <fieldset className={styles.group}>
        <legend>Which alerts</legend>
        <div className={styles.sentence}>
          <span>Alerts of</span>
          <Select aria-label="Severity" data={LEVELS} {...form.getInputProps("from")} />
          <span>from</span>
          <Select aria-label="Services" data={WHOSE} {...form.getInputProps("whose")} w={240} />
        </div>
        {values.whose === "some" && (
          <div className={styles.some}>
            <TagsInput
              label="These services"
              placeholder="checkout, Enter"
              description="A * at the end stands for anything: payments-*"
              splitChars={[","]}
              acceptValueOnBlur
              {...form.getInputProps("services")}
            />
            <TagsInput
              label="Or with one of these labels"
              placeholder="team=payments, Enter"
              description="Name and value, as the sender gives them"
              splitChars={[","]}
              acceptValueOnBlur
              {...form.getInputProps("labels")}
            />
          </div>
        )}
      </fieldset>
      <fieldset className={styles.group}>
        <legend>Many at once</legend>
        <Checkbox
          label="Add to an open incident of the same service instead of opening another"
          {...form.getInputProps("attaches", { type: "checkbox" })}
        />
        <div className={styles.sentence} data-off={!values.attaches || undefined}>
          <span id="rules-minutes">while its last alert is less than</span>
          <NumberInput
            aria-labelledby="rules-minutes"
            w={96}
            min={1}
            max={MOST_MINUTES}
            allowDecimal={false}
            disabled={!values.attaches}
            suffix=" min"
            {...form.getInputProps("minutes")}
            error={form.errors.minutes !== undefined}
          />
          <span>old</span>
        </div>
        {form.errors.minutes && <p className={styles.problem}>{form.errors.minutes}</p>}
      </fieldset>
      <Radio.Group label="When an alert resolves" {...form.getInputProps("onResolve")}>
        <div className={styles.choices}>
          <Radio value="add_event" label="Only note it in the timeline" />
          <Radio
            value="resolve_incident"
            label="Mark the incident resolved, once the last of its alerts is"
          />
        </div>
      </Radio.Group>
    </>
  );
}
