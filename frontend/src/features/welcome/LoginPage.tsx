/** Signing in, and back to where people were. */
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { isProblem } from "../../api/problem";
import { ErrorNote } from "../../ui/ErrorNote";
import { Notice } from "../../ui/Notice";
import { duration } from "../../ui/time/format";
import { setupQuery, useSignIn } from "./api";
import styles from "./form.module.css";
import { safeReturnPath } from "./returnPath";
import { WelcomeFrame } from "./WelcomeFrame";
import { useWaiting } from "./waiting";

export function LoginPage() {
  const { next } = useSearch({ from: "/login" });
  const router = useRouter();
  const setup = useQuery(setupQuery);
  const signIn = useSignIn();
  const problem = isProblem(signIn.error) ? signIn.error : null;
  const waiting = useWaiting(problem);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (email) => (email.trim() ? null : "Your email address goes here."),
      password: (password) => (password ? null : "Your password goes here."),
    },
  });

  const submit = form.onSubmit((values) =>
    signIn.mutate(
      { ...values, email: values.email.trim() },
      { onSuccess: () => router.history.push(safeReturnPath(next)) },
    ),
  );

  return (
    <WelcomeFrame title="Sign in" lead="To read, write and learn with your team.">
      <form onSubmit={submit} className={styles.form} noValidate>
        {setup.data?.needed && (
          <Notice>
            Nobody can sign in here yet. The link that makes the first account is printed where
            Second Story was started.
          </Notice>
        )}
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          {...form.getInputProps("password")}
        />
        <SignInProblem error={signIn.error} waiting={waiting} />
        <Button type="submit" fullWidth loading={signIn.isPending} disabled={waiting > 0}>
          Sign in
        </Button>
        <p className={styles.help}>Forgot it? An administrator can set a new password for you.</p>
      </form>
    </WelcomeFrame>
  );
}

function SignInProblem({ error, waiting }: { error: unknown; waiting: number }) {
  if (isProblem(error, "wrong_credentials"))
    return (
      <Notice tone="warn" alert>
        This email and password do not go together. Capital letters count in the password.
      </Notice>
    );
  if (isProblem(error) && error.status === 429) {
    const wait = waiting < 60 ? `${waiting} s` : duration(waiting * 1000);
    return (
      <Notice tone="warn" alert>
        {waiting > 0
          ? `There were several tries in a row. You can try again in ${wait}.`
          : "You can try again now."}
      </Notice>
    );
  }
  return <ErrorNote error={error} />;
}
