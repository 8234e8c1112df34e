/** The actions that come out of it; none is as good an end as some. */
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { Action } from "../../../api/types";
import { Icon } from "../../../ui/Icon";
import { LeavingGuard } from "../../../ui/LeavingGuard";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { useNewActions } from "../api/actions";
import { focusRow } from "../parts/rows";
import { UnsentNote } from "../parts/UnsentNote";
import { ActionRow } from "./ActionRow";
import styles from "./ActionsPart.module.css";
import type { ActionWish } from "./actionWish";
import { NoActions } from "./NoActions";
import { useActionChanges } from "./useActionChanges";

const ActionComposer = lazy(() =>
  import("./ActionComposer").then((loaded) => ({ default: loaded.ActionComposer })),
);

interface Props {
  actions: readonly Action[];
  /** Whether there is something to publish without any action. */
  learned: boolean;
  reason: string | undefined;
  wish: ActionWish;
}

export function ActionsPart({ actions, learned, reason, wish }: Props) {
  const { action: linked } = useSearch({ from: "/signed-in/i/$incidentKey" });
  const outbox = useNewActions();
  const deeds = useActionChanges();
  const [composing, setComposing] = useState<Action["origin"] | false>(false);
  const seen = useRef(wish.count);
  const editable = reason === undefined;
  const inOrder = [...actions].sort((one, other) => (one.id < other.id ? -1 : 1));
  const none = actions.length + outbox.items.length === 0;

  useEffect(() => {
    if (wish.count === seen.current) return;
    seen.current = wish.count;
    setComposing(wish.origin);
  }, [wish]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a permalink is followed once
  useEffect(() => {
    const row = actions.find(({ id, key }) => id === linked || key === linked);
    if (row) focusRow("action", row.id);
  }, []);

  return (
    <section aria-label="Actions" className={styles.part}>
      <div className={styles.bar}>
        <h3>Actions</h3>
        <ReasonedButton
          size="xs"
          variant="default"
          reason={reason}
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => setComposing(null)}
        >
          Action
        </ReasonedButton>
      </div>
      {none && composing === false && (
        <NoActions learned={learned} reason={reason} onAdd={() => setComposing(null)} />
      )}
      <ul className={styles.list}>
        {inOrder.map((action) => (
          <li key={action.id}>
            <ActionRow
              action={action}
              reason={reason}
              selected={linked === action.id || linked === action.key}
              {...deeds}
            />
          </li>
        ))}
        {outbox.items.map((item) => (
          <li key={item.id} className={styles.unsent}>
            {item.body.title}
            <UnsentNote
              item={item}
              text={item.body.title}
              onRetry={outbox.retry}
              onDiscard={outbox.discard}
            />
          </li>
        ))}
      </ul>
      {composing !== false && editable && (
        <Suspense>
          <ActionComposer
            key={composing?.id ?? "new"}
            origin={composing}
            onAdd={outbox.add}
            onClose={() => setComposing(false)}
          />
        </Suspense>
      )}
      {outbox.items.some(({ error }) => error !== null) && <LeavingGuard unsaved />}
    </section>
  );
}
