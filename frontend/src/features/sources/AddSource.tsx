/** Adding a sender: which one, and what to call it. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { beyondFields, isProblem } from "../../api/problem";
import type { Sender, Severity, SourceKind, SourceWithSecret } from "../../api/types";
import { SEVERITIES, SEVERITY_MEANINGS, SEVERITY_WORDS } from "../../domain/severity";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import styles from "./AddSource.module.css";
import { sendersQuery } from "./api";
import { useAddSource } from "./changes";
import { SenderPicker } from "./SenderPicker";
import { SECRET, SECRET_RULE } from "./secret";
import { takesSecret } from "./senders";

const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));

interface NewSource {
  kind: SourceKind | "";
  name: string;
  secret: string;
  default_severity: Severity;
}

const BLANK: NewSource = { kind: "", name: "", secret: "", default_severity: "sev3" };

interface Props {
  onAdded: (source: SourceWithSecret, sender: Sender) => void;
  onClose: () => void;
}

export function AddSource({ onAdded, onClose }: Props) {
  const senders = useQuery(sendersQuery);
  return (
    <Modal opened onClose={onClose} title="Add an alert source" size={560}>
      <Loaded query={senders} label="Loading senders" rows={8}>
        {(list) => <AddForm senders={list} onAdded={onAdded} onClose={onClose} />}
      </Loaded>
    </Modal>
  );
}

function AddForm({ senders, onAdded, onClose }: Props & { senders: Sender[] }) {
  const add = useAddSource();
  const form = useForm({
    initialValues: BLANK,
    validate: {
      kind: (kind) => (kind === "" ? "Choose the one that will post here." : null),
      name: (name) => (name.trim() ? null : "Such as the team or the cluster that it speaks for."),
      secret: (secret) => (secret === "" || SECRET.test(secret) ? null : SECRET_RULE),
    },
  });
  const chosen = senders.find(({ kind }) => kind === form.values.kind);
  const asksSecret = chosen !== undefined && takesSecret(chosen);
  const submit = form.onSubmit(({ secret, ...values }) => {
    if (!chosen) return;
    add.mutate(
      { ...values, kind: chosen.kind, ...(asksSecret && secret ? { secret } : {}) },
      {
        onSuccess: (source) => onAdded(source, chosen),
        onError: (error) => {
          if (isProblem(error)) form.setErrors(error.byField());
        },
      },
    );
  });
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <SenderPicker
        senders={senders}
        value={form.values.kind}
        error={form.errors.kind as string | undefined}
        onChange={(kind) => form.setFieldValue("kind", kind)}
      />
      <TextInput
        label="Name"
        placeholder={chosen ? `${chosen.label}, production` : "Production"}
        maxLength={80}
        autoComplete="off"
        {...form.getInputProps("name")}
      />
      {asksSecret && (
        <TextInput
          label="Secret"
          description={`If ${chosen.label} has shown you one already. Otherwise leave it empty; the next page says what to do.`}
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
          Add source
        </Button>
      </div>
    </form>
  );
}
