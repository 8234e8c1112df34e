/** One person: the role in place, and the rarer things in a menu. */
import { Select } from "@mantine/core";
import type { Role, User } from "../../api/types";
import { useMe } from "../../domain/me";
import { Avatar } from "../../ui/Avatar";
import { TimeText } from "../../ui/time/TimeText";
import { sayProblem } from "../../ui/toasts";
import { useChangePerson } from "./api";
import styles from "./PeoplePage.module.css";
import { PersonMenu } from "./PersonMenu";
import { ROLE_CHOICES, ROLE_MEANINGS } from "./roles";

export function PersonRow({ person, reason }: { person: User; reason?: string | undefined }) {
  const isMe = useMe().id === person.id;
  const change = useChangePerson(person.id);
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
      {reason === undefined ? <PersonMenu person={person} isMe={isMe} /> : <span />}
    </li>
  );
}
