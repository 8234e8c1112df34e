/** A new password for somebody who forgot theirs. */
import { Button, Modal } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { User } from "../../api/types";
import { passwordProblem } from "../../domain/password";
import { ErrorNote } from "../../ui/ErrorNote";
import { say } from "../../ui/toasts";
import { useChangePerson } from "./api";
import { PasswordField } from "./PasswordField";
import styles from "./PeoplePage.module.css";

export function NewPassword({ person, onClose }: { person: User; onClose: () => void }) {
  const change = useChangePerson(person.id);
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: passwordProblem },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        onClose();
        say(`${person.name} has a new password and signs in again with it.`);
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title={`New password for ${person.name}`} size={480}>
      <form onSubmit={submit} className={styles.form} noValidate>
        <PasswordField {...form.getInputProps("password")} />
        <ErrorNote error={change.error} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Set password
          </Button>
        </div>
      </form>
    </Modal>
  );
}
