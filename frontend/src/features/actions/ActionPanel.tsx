/** One action in full, beside the list: everything about it can be changed here. */
import { Drawer, FocusTrap } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyButton } from "../../ui/CopyButton";
import { Loaded } from "../../ui/Loaded";
import { SectionBoundary } from "../../ui/SectionBoundary";
import { TimeText } from "../../ui/time/TimeText";
import { useReturnFocus } from "../../ui/useReturnFocus";
import { ActionForm } from "./ActionForm";
import styles from "./ActionPanel.module.css";
import { actionQuery } from "./api";

interface Props {
  actionKey: string;
  onClose: () => void;
  /** As onClose, when there is nothing left to save. */
  onSaved: () => void;
}

export function ActionPanel({ actionKey, onClose, onSaved }: Props) {
  const action = useQuery(actionQuery(actionKey));
  useReturnFocus();
  return (
    <Drawer opened onClose={onClose} title={actionKey} size={480}>
      <FocusTrap.InitialFocus />
      <SectionBoundary>
        <Loaded query={action} label="Loading the action" rows={5}>
          {(loaded) => (
            <>
              <p className={styles.origin}>
                From{" "}
                <Link to="/i/$incidentKey" params={{ incidentKey: loaded.value.incident_key }}>
                  {loaded.value.incident_key} {loaded.value.incident_title}
                </Link>
                , made by {loaded.value.created_by.name}{" "}
                <TimeText at={loaded.value.created_at} form="relative" />
              </p>
              <ActionForm
                key={loaded.value.id}
                loaded={loaded}
                onClose={onClose}
                onSaved={onSaved}
              />
              <div className={styles.link}>
                <CopyButton
                  text={window.location.href}
                  what="link to this action"
                  word="Copy link"
                />
              </div>
            </>
          )}
        </Loaded>
      </SectionBoundary>
    </Drawer>
  );
}
