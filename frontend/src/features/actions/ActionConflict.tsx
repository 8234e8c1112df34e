/** Somebody saved this action first: both versions side by side, to choose from. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ACTION_STATUS_WORDS, INTENT_WORDS } from "../../domain/actions";
import { usersQuery } from "../../domain/people";
import { Notice } from "../../ui/Notice";
import { plainDate } from "../../ui/time/format";
import styles from "./ActionPanel.module.css";
import { FIELD_WORDS, type Field, type Values } from "./actionForm";

interface Props {
  /** What both changed, each to something else. */
  fields: Field[];
  mine: Values;
  theirs: Values;
  onSettle: (keepMine: boolean) => void;
}

export function ActionConflict({ fields, mine, theirs, onSettle }: Props) {
  const people = useQuery(usersQuery).data ?? [];
  const words = (values: Values, field: Field): string => {
    const value = values[field];
    if (value === null || value === "") return "Nothing";
    if (field === "owner") return people.find((person) => person.id === value)?.name ?? "Somebody";
    if (field === "status") return ACTION_STATUS_WORDS[values.status];
    if (field === "intent") return INTENT_WORDS[values.intent];
    if (field === "due_on" || field === "check_on") return plainDate(String(value));
    if (field === "held") return value ? "Held" : "Did not hold";
    return String(value);
  };
  return (
    <Notice tone="warn" alert>
      <div className={styles.conflict}>
        <p>
          {fields.length > 0
            ? "Somebody else saved this meanwhile, and you both changed:"
            : "Somebody else saved other parts of this meanwhile. Yours can be added to theirs."}
        </p>
        {fields.length > 0 && (
          <table className={styles.values}>
            <thead>
              <tr>
                <td />
                <th scope="col">Yours</th>
                <th scope="col">Theirs</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field}>
                  <th scope="row">{FIELD_WORDS[field]}</th>
                  <td>{words(mine, field)}</td>
                  <td>{words(theirs, field)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <div className={styles.buttons}>
          {fields.length > 0 && (
            <Button variant="default" onClick={() => onSettle(false)}>
              Keep theirs
            </Button>
          )}
          <Button onClick={() => onSettle(true)}>
            {fields.length > 0 ? "Keep mine" : "Save mine too"}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
