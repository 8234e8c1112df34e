/** A new password; other browsers are signed out by it. */
import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { isProblem } from "../../api/problem";
import { MIN_PASSWORD, passwordProblem } from "../../domain/password";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/toasts";
import { useChangeMe } from "./api";
import styles from "./MePage.module.css";

/** Where the server points when the present password is not right. */
const CURRENT = "/password/current";

export function PasswordForm({ email }: { email: string | null }) {
  const change = useChangeMe();
  const form = useForm({
    initialValues: { current: "", new: "" },
    validate: {
      current: (password) => (password ? null : "The one you signed in with."),
      new: passwordProblem,
    },
  });
  const refused = isProblem(change.error) && change.error.at(CURRENT) !== undefined;
  const submit = form.onSubmit((password) =>
    change.mutate(
      { password },
      {
        onSuccess: () => {
          form.reset();
          say("Your password is changed. Other browsers are signed out.");
        },
        onError: (error) => {
          if (isProblem(error) && error.at(CURRENT))
            form.setErrors({ current: "This is not the present one." });
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      {/* Tells password managers whose password this is. */}
      <input type="hidden" autoComplete="username" value={email ?? ""} readOnly />
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        {...form.getInputProps("current")}
      />
      <PasswordInput
        label="New password"
        description={`At least ${MIN_PASSWORD} characters; a few words are easiest to keep.`}
        autoComplete="new-password"
        {...form.getInputProps("new")}
      />
      {!refused && <ErrorNote error={change.error} />}
      <Button type="submit" variant="default" loading={change.isPending} className={styles.submit}>
        Change password
      </Button>
    </form>
  );
}
