/** Saving an action on the version that was looked at, and settling it when somebody was faster. */
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Tagged } from "../../api/client";
import { isProblem } from "../../api/problem";
import type { Action } from "../../api/types";
import { changes, conflicts, merged, type Values, valuesOf } from "./actionForm";
import { actionQuery, useSaveAction } from "./api";

const STALE = 412;

export function useActionForm(loaded: Tagged<Action>, onSaved: () => void) {
  const queryClient = useQueryClient();
  // What the form was filled from; a refetch must not change it under somebody's hands.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<Tagged<Action> | null>(null);
  const save = useSaveAction(base.value.key);
  const before = valuesOf(base.value);
  const form = useForm<Values>({
    initialValues: before,
    validate: { title: (title) => (title.trim() ? null : "What is to be done, in a few words.") },
  });
  const unsaved = Object.keys(changes(before, form.values)).length > 0;

  const send = async (values: Values, on: Tagged<Action>) => {
    try {
      await save.mutateAsync({ patch: changes(valuesOf(on.value), values), etag: on.etag });
      onSaved();
    } catch (error) {
      if (!isProblem(error)) return;
      if (error.status !== STALE) return form.setErrors(error.byField());
      // Fetched for real: what is cached may be the very version that turned out to be old.
      setTheirs(await queryClient.fetchQuery({ ...actionQuery(on.value.key), staleTime: 0 }));
    }
  };
  const settle = (keepMine: boolean) => {
    if (!theirs) return;
    const values = merged(before, form.values, valuesOf(theirs.value), keepMine);
    setBase(theirs);
    setTheirs(null);
    form.setValues(values);
    void send(values, theirs);
  };

  return {
    form,
    unsaved,
    save: form.onSubmit((values) => void send(values, base)),
    pending: save.isPending,
    error: save.error,
    /** What both changed, while that waits for a choice. */
    conflict: theirs && {
      fields: conflicts(before, form.values, valuesOf(theirs.value)),
      mine: form.values,
      theirs: valuesOf(theirs.value),
      onSettle: settle,
    },
  };
}
