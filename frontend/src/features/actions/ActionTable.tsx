/** Actions as dense rows whose status, owner and date change in place; two lines on narrow screens. */
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { Action, ActionPatch } from "../../api/types";
import { ActionStatusMenu } from "../../domain/ActionStatusMenu";
import { ACTION_STATUS_WORDS, INTENT_WORDS } from "../../domain/actions";
import { mayWrite, useMe } from "../../domain/me";
import { PersonPicker } from "../../domain/PersonPicker";
import { DateButton } from "../../ui/DateButton";
import { ROW, useRowKeys } from "../../ui/keyboard/useRowKeys";
import { sayWithUndo } from "../../ui/toasts";
import styles from "./ActionTable.module.css";
import { useChangeRow } from "./api";
import { Due } from "./Due";

export function ActionTable({ actions, stale }: { actions: Action[]; stale: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  useRowKeys(body, "List");
  return (
    <table className={styles.table} aria-busy={stale}>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Action</th>
          <th scope="col">Incident</th>
          <th scope="col">Intent</th>
          <th scope="col">Owner</th>
          <th scope="col">Due</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} />
        ))}
      </tbody>
    </table>
  );
}

function ActionRow({ action }: { action: Action }) {
  const { mutate } = useChangeRow();
  const { reason } = mayWrite(useMe());
  const change = (patch: ActionPatch, before: ActionPatch, said: string) => {
    mutate({ key: action.key, patch });
    sayWithUndo(said, () => mutate({ key: action.key, patch: before }));
  };
  return (
    <tr data-over={action.status === "done" || action.status === "dropped"}>
      <td className={styles.status}>
        <ActionStatusMenu
          status={action.status}
          reason={reason}
          onChange={(status) =>
            change(
              { status },
              { status: action.status },
              `${action.key} is now ${ACTION_STATUS_WORDS[status].toLowerCase()}.`,
            )
          }
        />
      </td>
      <td className={styles.title}>
        <span className={styles.key}>{action.key}</span>
        <Link
          to="/actions"
          search={(all) => ({ ...all, action: action.key })}
          className={styles.link}
          {...ROW}
        >
          {action.title}
        </Link>
      </td>
      <td className={styles.incident}>
        <Link
          to="/i/$incidentKey"
          params={{ incidentKey: action.incident_key }}
          title={action.incident_title}
        >
          {action.incident_key}
        </Link>{" "}
        <span>{action.incident_title}</span>
      </td>
      <td className={styles.intent}>{INTENT_WORDS[action.intent]}</td>
      <td className={styles.owner}>
        <PersonPicker
          label="Owner"
          placeholder="Nobody yet"
          value={action.owner}
          valueName={action.owner_name}
          reason={reason}
          onChange={(owner) => mutate({ key: action.key, patch: { owner } })}
        />
      </td>
      <td className={styles.due}>
        <DateButton
          label="Due"
          placeholder="No date"
          value={action.due_on}
          reason={reason}
          onChange={(due_on) => mutate({ key: action.key, patch: { due_on } })}
        >
          <Due action={action} />
        </DateButton>
      </td>
    </tr>
  );
}
