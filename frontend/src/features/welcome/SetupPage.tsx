/** First run: makes the first administrator with the token of the set-up link. */
import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useRouterState } from "@tanstack/react-router";
import { beyondFields, isProblem } from "../../api/problem";
import { MIN_PASSWORD, passwordProblem } from "../../domain/password";
import { ErrorNote } from "../../ui/ErrorNote";
import { Notice } from "../../ui/Notice";
import { setupQuery, useSetUp } from "./api";
import styles from "./form.module.css";
import { setupToken } from "./setupToken";
import { WelcomeFrame } from "./WelcomeFrame";

export function SetupPage() {
  // In the fragment, which browsers never send to a server or put into a log.
  const token = setupToken(useRouterState({ select: (state) => state.location.hash }));
  const setup = useQuery(setupQuery);

  if (setup.data && !setup.data.needed)
    return (
      <WelcomeFrame
        title="Already set up"
        lead="The first administrator exists, so this link has done its work."
      >
        <Button component={Link} to="/login" fullWidth>
          Sign in
        </Button>
      </WelcomeFrame>
    );
  if (!token)
    return (
      <WelcomeFrame title="Almost there" lead="This page needs the whole set-up link.">
        <Notice tone="warn">
          The address is missing its last part, after the # sign. Copy the link again from where
          Second Story was started.
        </Notice>
      </WelcomeFrame>
    );
  return (
    <WelcomeFrame title="Welcome" lead="Make the first account. It can invite everybody else.">
      <SetupForm token={token} />
    </WelcomeFrame>
  );
}

function SetupForm({ token }: { token: string }) {
  const navigate = useNavigate();
  const setUp = useSetUp();
  const form = useForm({
    initialValues: { name: "", email: "", password: "", example: true },
    validate: {
      name: (name) => (name.trim() ? null : "The name that others will see."),
      email: (email) =>
        /^\S+@\S+$/.test(email.trim()) ? null : "An email address, to sign in with.",
      password: passwordProblem,
    },
  });

  const submit = form.onSubmit((values) =>
    setUp.mutate(
      { ...values, token },
      {
        onSuccess: () => void navigate({ to: "/incidents" }),
        onError: (error) => {
          if (isProblem(error)) form.setErrors(error.byField());
        },
      },
    ),
  );

  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <TextInput label="Your name" autoComplete="name" {...form.getInputProps("name")} />
      <TextInput
        label="Email"
        type="email"
        autoComplete="username"
        {...form.getInputProps("email")}
      />
      <PasswordInput
        label="Password"
        description={`At least ${MIN_PASSWORD} characters; a few words are easiest to keep.`}
        autoComplete="new-password"
        {...form.getInputProps("password")}
      />
      <Checkbox
        label="Load the example incident"
        description="A real kind of story, told the way a good team would. You can read and change it."
        {...form.getInputProps("example", { type: "checkbox" })}
      />
      <SetupProblem error={beyondFields(setUp.error, ["name", "email", "password"])} />
      <Button type="submit" fullWidth loading={setUp.isPending}>
        Start
      </Button>
    </form>
  );
}

function SetupProblem({ error }: { error: unknown }) {
  if (isProblem(error, "wrong_setup_link"))
    return (
      <Notice tone="warn" alert>
        This link is not the current one: each start prints a new one. Open the newest, then enter
        this again.
      </Notice>
    );
  return <ErrorNote error={error} />;
}
