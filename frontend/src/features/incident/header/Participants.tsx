/** Who takes part and as what; the neutral facilitator first, who volunteers. */
import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../../domain/me";
import { PersonPicker } from "../../../domain/PersonPicker";
import { Avatar } from "../../../ui/Avatar";
import { Icon } from "../../../ui/Icon";
import { sayWithUndo } from "../../../ui/toasts";
import { useAddParticipant, useChangeParticipant, useRemoveParticipant } from "../api/incident";
import { participantsQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import type { Participant, ParticipantRole } from "../types";
import styles from "./Participants.module.css";
import { ROLE_WORDS, ROLES, rolesInWords } from "./roles";

export function Participants({ reason }: { reason: string | undefined }) {
  const { incidentKey } = useIncident();
  const me = useMe();
  const people = useQuery(participantsQuery(incidentKey)).data ?? [];
  const { mutate: add } = useAddParticipant();
  const { mutate: change } = useChangeParticipant();
  const { mutate: remove } = useRemoveParticipant();
  const facilitated = people.some(({ roles }) => roles.includes("facilitator"));
  const mine = people.find(({ user_id }) => user_id === me.id);

  const volunteer = () =>
    mine
      ? change({ id: mine.id, roles: [...mine.roles, "facilitator"] })
      : add({ user_id: me.id, roles: ["facilitator"] });
  const takeOut = (person: Participant) => {
    remove(person);
    sayWithUndo(`${person.name} no longer takes part.`, () =>
      add({ user_id: person.user_id, roles: person.roles }),
    );
  };

  return (
    <div className={styles.people}>
      {inOrder(people).map((person) => (
        <PersonMenu
          key={person.id}
          person={person}
          reason={reason}
          onRoles={(roles) => change({ id: person.id, roles })}
          onRemove={() => takeOut(person)}
        />
      ))}
      {!facilitated && reason === undefined && (
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="people" size={14} />}
          title="A neutral person who was not part of it, and asks the questions"
          onClick={volunteer}
        >
          I’ll facilitate
        </Button>
      )}
      {reason === undefined && (
        <PersonPicker
          label="Add a participant"
          placeholder="Add somebody"
          value={null}
          onChange={(user_id) => {
            const known = people.some((person) => person.user_id === user_id);
            if (user_id && !known) add({ user_id, roles: ["responder"] });
          }}
        />
      )}
    </div>
  );
}

function inOrder(people: readonly Participant[]): Participant[] {
  const rank = ({ roles }: Participant) => Math.min(...roles.map((role) => ROLES.indexOf(role)));
  return [...people].sort(
    (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name),
  );
}

interface PersonProps {
  person: Participant;
  reason: string | undefined;
  onRoles: (roles: ParticipantRole[]) => void;
  onRemove: () => void;
}

function PersonMenu({ person, reason, onRoles, onRemove }: PersonProps) {
  const { user_id, name, roles } = person;
  const toggle = (role: ParticipantRole) => {
    const next = roles.includes(role) ? roles.filter((each) => each !== role) : [...roles, role];
    if (next.length > 0) onRoles(next);
  };
  return (
    <Menu position="bottom-start" closeOnItemClick={false}>
      <Menu.Target>
        <button
          type="button"
          className={styles.person}
          disabled={reason !== undefined}
          title={reason}
        >
          <Avatar id={user_id} name={name} size={20} decorative />
          {name}
          <span className={styles.roles}>{rolesInWords(roles)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ROLES.map((role) => (
          <Menu.Item
            key={role}
            role="menuitemcheckbox"
            aria-checked={roles.includes(role)}
            leftSection={
              <span className={styles.check}>
                {roles.includes(role) && <Icon name="check" size={14} />}
              </span>
            }
            onClick={() => toggle(role)}
          >
            {ROLE_WORDS[role]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="close" size={14} />} onClick={onRemove}>
          Take out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
