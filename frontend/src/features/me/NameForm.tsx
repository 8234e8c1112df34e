/** The name that others see. */
import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { beyondFields, isProblem } from "../../api/problem";
import { ErrorNote } from "../../ui/ErrorNote";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { say } from "../../ui/toasts";
import { useChangeMe } from "./api";
import styles from "./MePage.module.css";

export function NameForm({ name }: { name: string }) {
  const change = useChangeMe();
  const form = useForm({
    initialValues: { name },
    validate: { name: (typed) => (typed.trim() ? null : "The name that others will see.") },
  });
  const unsaved = form.values.name.trim() !== name;
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => say("Your name is changed."),
      onError: (error) => {
        if (isProblem(error)) form.setErrors(error.byField());
      },
    }),
  );
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <div className={styles.line}>
        <TextInput
          aria-label="Name"
          autoComplete="name"
          maxLength={80}
          {...form.getInputProps("name")}
        />
        <Button type="submit" variant="default" loading={change.isPending} disabled={!unsaved}>
          Save
        </Button>
      </div>
      <ErrorNote error={beyondFields(change.error, ["name"])} />
      <LeavingGuard unsaved={unsaved} />
    </form>
  );
}
