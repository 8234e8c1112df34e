/** One person: role in place, and the rarer things in a menu. */
import { ActionIcon, Menu, Select } from "@mantine/core";
import { useState } from "react";
import type { Role, User } from "../../api/types";
import { useMe } from "../../domain/me";
import { Avatar } from "../../ui/Avatar";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Icon } from "../../ui/Icon";
import { TimeText } from "../../ui/time/TimeText";
import { say, sayProblem } from "../../ui/toasts";
import { useChangePerson } from "./api";
import { NewPassword } from "./NewPassword";
import styles from "./PeoplePage.module.css";
import { ROLE_CHOICES, ROLE_MEANINGS } from "./roles";

type Dialog = "none" | "deactivate" | "password";

export function PersonRow({ person, reason }: { person: User; reason?: string | undefined }) {
  const me = useMe();
  const change = useChangePerson(person.id);
  const [dialog, setDialog] = useState<Dialog>("none");
  const close = () => {
    setDialog("none");
    change.reset();
  };
  const isMe = person.id === me.id;

  return (
    <li className={styles.person} data-active={person.active}>
      <Avatar id={person.id} name={person.name} size={28} decorative />
      <div className={styles.who}>
        <div className={styles.name}>
          {person.name}
          {isMe && <span className={styles.badge}>You</span>}
          {!person.active && <span className={styles.badge}>Cannot sign in</span>}
        </div>
        <div className={styles.mail}>{person.email}</div>
      </div>
      <div className={styles.seen}>
        {person.last_seen_at ? (
          <TimeText at={person.last_seen_at} form="relative" />
        ) : (
          "Not seen yet"
        )}
      </div>
      <Select
        className={styles.role}
        aria-label={`Role of ${person.name}`}
        data={ROLE_CHOICES}
        value={person.role}
        disabled={reason !== undefined || !person.active}
        title={reason ?? ROLE_MEANINGS[person.role]}
        onChange={(role) => change.mutate({ role: role as Role }, { onError: sayProblem })}
      />
      {reason === undefined ? (
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
      ) : (
        <span />
      )}
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
      {dialog === "password" && (
        <NewPassword
          person={person}
          pending={change.isPending}
          error={change.error}
          onClose={close}
          onSave={(password) =>
            change.mutate(
              { password },
              {
                onSuccess: () => {
                  close();
                  say(`${person.name} has a new password and signs in again with it.`);
                },
              },
            )
          }
        />
      )}
    </li>
  );
}
