/** One action: what, who, until when, and what it came out of. */
import { Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Action, ActionPatch } from "../../../api/types";
import { ActionStatusMenu } from "../../../domain/ActionStatusMenu";
import { INTENT_WORDS, INTENTS } from "../../../domain/actions";
import { PersonPicker } from "../../../domain/PersonPicker";
import { DateButton } from "../../../ui/DateButton";
import { Icon } from "../../../ui/Icon";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { useRetitleAction } from "../api/actions";
import facts from "../header/FactButton.module.css";
import { InlineText } from "../parts/InlineText";
import { OutsideLink } from "../parts/OutsideLink";
import { RowMenu } from "../parts/RowMenu";
import { rowMark } from "../parts/rows";
import styles from "./ActionsPart.module.css";
import { OriginLink } from "./OriginLink";

const LONGEST_TITLE = 300;

interface Props {
  action: Action;
  reason: string | undefined;
  selected: boolean;
  onChange: (action: Action, patch: ActionPatch) => void;
  onDelete: (action: Action) => void;
}

export function ActionRow({ action, reason, selected, onChange, onDelete }: Props) {
  const retitle = useRetitleAction(action);
  const editable = reason === undefined;
  const over = action.status === "done" || action.status === "dropped";
  return (
    <div
      className={styles.row}
      data-selected={selected || undefined}
      data-over={over || undefined}
      {...rowMark("action", action.id)}
    >
      <div className={styles.main}>
        <Link
          to="/actions"
          search={(all) => ({ ...all, action: action.key })}
          className={styles.key}
          title="Everything about this action"
          {...ROW}
        >
          {action.key}
        </Link>
        <span className={styles.title}>
          <InlineText
            value={action.title}
            label="Title"
            maxLength={LONGEST_TITLE}
            editable={editable}
            theirs={(theirs) => (theirs as Action).title}
            save={retitle}
          />
        </span>
        <RowMenu place="action" id={action.id} of={action.key}>
          {editable && (
            <Menu.Item
              color="danger"
              leftSection={<Icon name="trash" />}
              onClick={() => onDelete(action)}
            >
              Delete action
            </Menu.Item>
          )}
        </RowMenu>
      </div>
      <div className={styles.facts}>
        <ActionStatusMenu
          status={action.status}
          reason={reason}
          onChange={(status) => onChange(action, { status })}
        />
        <IntentMenu action={action} reason={reason} onChange={onChange} />
        <PersonPicker
          label="Owner"
          placeholder="Nobody yet"
          value={action.owner}
          valueName={action.owner_name}
          reason={reason}
          onChange={(owner) => onChange(action, { owner })}
        />
        <DateButton
          label="Due"
          placeholder="No date"
          value={action.due_on}
          reason={reason}
          onChange={(due_on) => onChange(action, { due_on })}
        />
        <OriginLink origin={action.origin} />
        {action.evidence && /^https?:/.test(action.evidence) && (
          <OutsideLink href={action.evidence} />
        )}
      </div>
    </div>
  );
}

function IntentMenu({ action, reason, onChange }: Pick<Props, "action" | "reason" | "onChange">) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={facts.fact}
          disabled={reason !== undefined}
          title={reason ?? "What it is meant to do"}
          aria-label={`Intent: ${INTENT_WORDS[action.intent]}`}
        >
          <span className={facts.dim}>{INTENT_WORDS[action.intent]}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {INTENTS.map((intent) => (
          <Menu.Item
            key={intent}
            disabled={intent === action.intent}
            onClick={() => onChange(action, { intent })}
          >
            {INTENT_WORDS[intent]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
