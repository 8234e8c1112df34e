/** A new incident from one sentence; everything else can come later. */
import { Button, Collapse, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { beyondFields, isProblem } from "../../api/problem";
import { mayWrite, useMe } from "../../domain/me";
import { ErrorNote } from "../../ui/ErrorNote";
import { Icon } from "../../ui/Icon";
import { Kbd } from "../../ui/Kbd";
import { useShortcuts } from "../../ui/keyboard/registry";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { PageHeader } from "../../ui/PageHeader";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { useZone } from "../../ui/time/zone";
import { useOpenIncident } from "./api";
import { IncidentDetails } from "./IncidentDetails";
import styles from "./NewIncidentPage.module.css";
import { BLANK, newIncidentDraft, startProblem, toBody } from "./newIncident";

export function NewIncidentPage() {
  const navigate = useNavigate();
  const zone = useZone();
  const right = mayWrite(useMe());
  const open = useOpenIncident();
  const [kept] = useState(newIncidentDraft.read);
  const [detailed, setDetailed] = useState(kept !== null);
  const form = useForm({
    initialValues: kept ?? BLANK,
    validate: {
      title: (title) => (title.trim() ? null : "One sentence is enough."),
      startedAt: (typed) => startProblem(typed, zone),
    },
  });
  const unsaved = form.isDirty() && !open.isSuccess;

  useEffect(() => {
    if (unsaved) newIncidentDraft.keep(form.values);
  }, [unsaved, form.values]);

  const submit = form.onSubmit((values) => {
    if (!right.allowed) return;
    open.mutate(toBody(values, zone), {
      onSuccess: (incident) => {
        newIncidentDraft.forget();
        void navigate({
          to: "/i/$incidentKey",
          params: { incidentKey: incident.key },
          ignoreBlocker: true,
        });
      },
      onError: (error) => {
        if (isProblem(error)) form.setErrors(error.byField());
      },
    });
  });

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
        lead="Start with what was seen. Names, causes and fixes can wait."
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
        <ErrorNote error={beyondFields(open.error, ["title"])} />
        <div className={styles.submit}>
          <ReasonedButton type="submit" loading={open.isPending} reason={right.reason}>
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
