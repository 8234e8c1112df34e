/** When it was, in words; opens the four moments to set. */
import { Popover } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useZone } from "../../../ui/time/zone";
import { useIncident } from "../IncidentContext";
import styles from "./FactButton.module.css";
import { whenWords } from "./whenWords";

const WhenForm = lazy(() => import("./WhenForm").then((loaded) => ({ default: loaded.WhenForm })));

export function When({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const zone = useZone();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withRoles>
      <Popover.Target>
        <button
          type="button"
          className={styles.fact}
          disabled={reason !== undefined}
          title={reason ?? "When it started, was noticed, mitigated and resolved"}
          onClick={() => setOpened(!opened)}
        >
          <time dateTime={incident.started_at}>{whenWords(incident, zone)}</time>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="When it was">
        <Suspense>
          <WhenForm onClose={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
