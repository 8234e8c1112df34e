/** A new incident from one sentence; everything else can come later. */
import { Button, Collapse, TextInput } from "@mantine/core";
import { useState } from "react";
import { beyondFields } from "../../api/problem";
import { mayWrite, useMe } from "../../domain/me";
import { ErrorNote } from "../../ui/ErrorNote";
import { Icon } from "../../ui/Icon";
import { Kbd } from "../../ui/Kbd";
import { useShortcuts } from "../../ui/keyboard/registry";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { PageHeader } from "../../ui/PageHeader";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { IncidentDetails } from "./IncidentDetails";
import styles from "./NewIncidentPage.module.css";
import { useNewIncident } from "./useNewIncident";

export function NewIncidentPage() {
  const right = mayWrite(useMe());
  const { form, submit, unsaved, pending, error, restored } = useNewIncident(right.allowed);
  const [detailed, setDetailed] = useState(restored);

  useShortcuts([
    {
      keys: "mod+Enter",
      label: "Open the incident",
      group: "New incident",
      run: () => submit(),
      whileTyping: true,
    },
  ]);

  return (
    <div className={styles.page}>
      <PageHeader
        title="New incident"
        lead="Something happened? One sentence opens an incident. Names, causes and fixes can wait."
      />
      <form onSubmit={submit} noValidate className={styles.form}>
        <TextInput
          size="lg"
          label="What did people notice?"
          placeholder="The order page stays blank after signing in"
          maxLength={300}
          data-autofocus
          autoFocus
          classNames={{ input: styles.title, label: styles.titleLabel }}
          {...form.getInputProps("title")}
        />
        <Button
          variant="subtle"
          color="gray"
          className={styles.more}
          aria-expanded={detailed}
          leftSection={<Icon name={detailed ? "chevronDown" : "chevronRight"} />}
          onClick={() => setDetailed(!detailed)}
        >
          Say more now: severity, start, services
        </Button>
        <Collapse expanded={detailed}>
          <IncidentDetails form={form} />
        </Collapse>
        <ErrorNote error={beyondFields(error, ["title"])} />
        <div className={styles.submit}>
          <ReasonedButton type="submit" loading={pending} reason={right.reason}>
            Open incident
          </ReasonedButton>
          <span className={styles.keys}>
            <Kbd keys="mod+Enter" />
          </span>
        </div>
      </form>
      <LeavingGuard unsaved={unsaved} />
    </div>
  );
}
