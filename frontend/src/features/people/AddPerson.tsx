/** Adding a person with a first password that is handed over by hand. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { beyondFields, isProblem } from "../../api/problem";
import type { Role } from "../../api/types";
import { passwordProblem } from "../../domain/password";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/toasts";
import { useAddPerson } from "./api";
import { PasswordField } from "./PasswordField";
import styles from "./PeoplePage.module.css";
import { ROLE_CHOICES, ROLE_MEANINGS } from "./roles";

interface NewPerson {
  name: string;
  email: string;
  role: Role;
  password: string;
}

const BLANK: NewPerson = { name: "", email: "", role: "member", password: "" };

export function AddPerson({ onClose }: { onClose: () => void }) {
  const add = useAddPerson();
  const form = useForm({
    initialValues: BLANK,
    validate: {
      name: (name) => (name.trim() ? null : "The name that others will see."),
      email: (email) =>
        /^\S+@\S+$/.test(email.trim()) ? null : "An email address, to sign in with.",
      password: passwordProblem,
    },
  });
  const submit = form.onSubmit((person) =>
    add.mutate(person, {
      onSuccess: ({ name }) => {
        onClose();
        say(`${name} can sign in now.`);
      },
      onError: (error) => {
        if (isProblem(error, "email_taken"))
          form.setErrors({ email: "Somebody already has this address." });
        else if (isProblem(error)) form.setErrors(error.byField());
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title="Add a person" size={480}>
      <form onSubmit={submit} className={styles.form} noValidate>
        <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps("name")} />
        <TextInput label="Email" type="email" autoComplete="off" {...form.getInputProps("email")} />
        <Select
          label="Role"
          data={ROLE_CHOICES}
          description={ROLE_MEANINGS[form.values.role]}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("role")}
        />
        <PasswordField {...form.getInputProps("password")} />
        {!isProblem(add.error, "email_taken") && (
          <ErrorNote error={beyondFields(add.error, Object.keys(form.values))} />
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Modal>
  );
}
