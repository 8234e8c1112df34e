/** Adding a sender: which one, and what to call it. */
import { Button, Modal, Radio, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { beyondFields, isProblem } from "../../api/problem";
import type { Severity, SourceKind, SourceWithSecret } from "../../api/types";
import { SEVERITIES, SEVERITY_MEANINGS, SEVERITY_WORDS } from "../../domain/severity";
import { ErrorNote } from "../../ui/ErrorNote";
import styles from "./AddSource.module.css";
import { useAddSource } from "./api";
import { KINDS, SOURCE_KINDS } from "./kinds";

const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));

interface NewSource {
  kind: SourceKind;
  name: string;
  secret: string;
  default_severity: Severity;
}

const BLANK: NewSource = { kind: "alertmanager", name: "", secret: "", default_severity: "sev3" };

/** The server's own rule: what a signing secret may look like. */
const SECRET = /^[\x21-\x7e]{16,200}$/;

interface Props {
  onAdded: (source: SourceWithSecret) => void;
  onClose: () => void;
}

export function AddSource({ onAdded, onClose }: Props) {
  const add = useAddSource();
  const form = useForm({
    initialValues: BLANK,
    validate: {
      name: (name) => (name.trim() ? null : "Such as the team or the cluster that it speaks for."),
      secret: (secret) =>
        secret === "" || SECRET.test(secret) ? null : "16 characters or more, without spaces.",
    },
  });
  const submit = form.onSubmit(({ secret, ...values }) =>
    add.mutate(
      { ...values, ...(values.kind === "pagerduty_v3" && secret ? { secret } : {}) },
      {
        onSuccess: onAdded,
        onError: (error) => {
          if (isProblem(error)) form.setErrors(error.byField());
        },
      },
    ),
  );
  return (
    <Modal opened onClose={onClose} title="Add an alert source" size={520}>
      <form onSubmit={submit} className={styles.form} noValidate>
        <Radio.Group label="Who sends?" {...form.getInputProps("kind")}>
          <div className={styles.kinds}>
            {SOURCE_KINDS.map((kind) => (
              <Radio.Card key={kind} value={kind} className={styles.kind}>
                <Radio.Indicator size="xs" />
                <span>
                  <span className={styles.name}>{KINDS[kind].name}</span>
                  <span className={styles.when}>{KINDS[kind].when}</span>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label="Name"
          placeholder="Production Prometheus"
          maxLength={80}
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        {form.values.kind === "pagerduty_v3" && (
          <TextInput
            label="Signing secret"
            description="PagerDuty shows it when you add a webhook there. Leave it empty to add it later."
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps("secret")}
          />
        )}
        <Select
          label="Severity when the message gives none"
          data={SEVERITY_CHOICES}
          description={SEVERITY_MEANINGS[form.values.default_severity]}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("default_severity")}
        />
        <ErrorNote error={beyondFields(add.error, Object.keys(form.values))} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
