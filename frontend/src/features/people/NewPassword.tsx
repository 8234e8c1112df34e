/** A new password for somebody who forgot theirs. */
import { Button, Modal } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { User } from "../../api/types";
import { passwordProblem } from "../../domain/password";
import { ErrorNote } from "../../ui/ErrorNote";
import { PasswordField } from "./PasswordField";
import styles from "./PeoplePage.module.css";

interface Props {
  person: User;
  pending: boolean;
  error: unknown;
  onSave: (password: string) => void;
  onClose: () => void;
}

export function NewPassword({ person, pending, error, onSave, onClose }: Props) {
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: passwordProblem },
  });
  return (
    <Modal opened onClose={onClose} title={`New password for ${person.name}`} size={480}>
      <form
        onSubmit={form.onSubmit(({ password }) => onSave(password))}
        className={styles.form}
        noValidate
      >
        <PasswordField {...form.getInputProps("password")} />
        <ErrorNote error={error} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Set password
          </Button>
        </div>
      </form>
    </Modal>
  );
}
