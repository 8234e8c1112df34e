/** Services and tags, changed in place. */
import { Popover } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Icon } from "../../../ui/Icon";
import { useIncident } from "../IncidentContext";
import facts from "./FactButton.module.css";
import styles from "./Labels.module.css";

const LabelsForm = lazy(() =>
  import("./LabelsForm").then((loaded) => ({ default: loaded.LabelsForm })),
);

export function Labels({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const [opened, setOpened] = useState(false);
  const labels = [...incident.services, ...incident.tags.map((tag) => `#${tag}`)];
  if (labels.length === 0 && reason !== undefined) return null;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withRoles>
      <Popover.Target>
        <button
          type="button"
          className={facts.fact}
          disabled={reason !== undefined}
          title={reason ?? "Services and tags"}
          aria-label={`Services and tags: ${labels.join(", ") || "none yet"}`}
          onClick={() => setOpened(!opened)}
        >
          {labels.length === 0 ? (
            <span className={facts.dim}>
              <Icon name="plus" size={12} /> Services
            </span>
          ) : (
            labels.map((label) => (
              <span key={label} className={styles.label}>
                {label}
              </span>
            ))
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Services and tags">
        <Suspense>
          <LabelsForm />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
