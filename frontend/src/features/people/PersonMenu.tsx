/** What an administrator rarely does for a person: a new password, no more sign-in. */
import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import type { User } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Icon } from "../../ui/Icon";
import { sayProblem } from "../../ui/toasts";
import { useChangePerson } from "./api";
import { NewPassword } from "./NewPassword";

type Dialog = "none" | "deactivate" | "password";

export function PersonMenu({ person, isMe }: { person: User; isMe: boolean }) {
  const change = useChangePerson(person.id);
  const [dialog, setDialog] = useState<Dialog>("none");
  const close = () => {
    setDialog("none");
    change.reset();
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`More for ${person.name}`}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="key" />} onClick={() => setDialog("password")}>
            Set a new password
          </Menu.Item>
          {person.active ? (
            <Menu.Item
              leftSection={<Icon name="lock" />}
              disabled={isMe}
              onClick={() => setDialog("deactivate")}
            >
              Stop sign-in
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<Icon name="check" />}
              onClick={() => change.mutate({ active: true }, { onError: sayProblem })}
            >
              Allow sign-in again
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={dialog === "deactivate"}
        title={`Stop sign-in for ${person.name}?`}
        confirm="Stop sign-in"
        pending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ active: false }, { onSuccess: close })}
        onClose={close}
      >
        They are signed out everywhere, and their tokens stop working. Everything they wrote stays.
        You can allow it again later.
      </ConfirmDialog>
      {dialog === "password" && <NewPassword person={person} onClose={close} />}
    </>
  );
}
