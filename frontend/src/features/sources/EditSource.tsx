/** What a sender is called, and how severe its silent messages are. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { Source } from "../../api/types";
import { SEVERITIES, SEVERITY_MEANINGS, SEVERITY_WORDS } from "../../domain/severity";
import { ErrorNote } from "../../ui/ErrorNote";
import styles from "./AddSource.module.css";
import { useChangeSource } from "./changes";

const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));

export function EditSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const change = useChangeSource(source.id);
  const form = useForm({
    initialValues: { name: source.name, default_severity: source.default_severity },
    validate: {
      name: (name) => (name.trim() ? null : "Such as the team or the cluster that it speaks for."),
    },
  });
  return (
    <Modal opened onClose={onClose} title="Name and severity" size={440}>
      <form
        onSubmit={form.onSubmit((values) => change.mutate(values, { onSuccess: onClose }))}
        className={styles.form}
        noValidate
      >
        <TextInput label="Name" maxLength={80} data-autofocus {...form.getInputProps("name")} />
        <Select
          label="Severity when the message gives none"
          data={SEVERITY_CHOICES}
          description={SEVERITY_MEANINGS[form.values.default_severity]}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("default_severity")}
        />
        <ErrorNote error={change.error} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
