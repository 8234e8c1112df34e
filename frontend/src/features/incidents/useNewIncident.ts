/** The form of a new incident: kept as a draft while it is written, sent once. */
import { useForm } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { isProblem } from "../../api/problem";
import type { Incident } from "../../api/types";
import { useZone } from "../../ui/time/zone";
import { useOpenIncident } from "./api";
import { BLANK, newIncidentDraft, startProblem, toBody } from "./newIncident";

export function useNewIncident(allowed: boolean) {
  const navigate = useNavigate();
  const zone = useZone();
  const open = useOpenIncident();
  const [kept] = useState(newIncidentDraft.read);
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

  const onSuccess = ({ key }: Incident) => {
    newIncidentDraft.forget();
    void navigate({ to: "/i/$incidentKey", params: { incidentKey: key }, ignoreBlocker: true });
  };
  const onError = (error: unknown) => {
    if (isProblem(error)) form.setErrors(error.byField());
  };
  const submit = form.onSubmit((values) => {
    if (allowed) open.mutate(toBody(values, zone), { onSuccess, onError });
  });

  return {
    form,
    submit,
    unsaved,
    pending: open.isPending,
    error: open.error,
    restored: kept !== null,
  };
}
