/** The page's primary button. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLive } from "../../../live/LiveProvider";
import { usePassageText } from "../../../live/useLiveValues";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { eventsQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import { goToPart } from "../pageKeys";
import styles from "./NextStep.module.css";
import { nextStep } from "./nextStep";
import { reportAddress } from "./reportAddress";
import { useMoveStage } from "./useMoveStage";

export function NextStep({ reason }: { reason: string | undefined }) {
  const { incidentKey, incident } = useIncident();
  const { session } = useLive();
  const summary = usePassageText("summary", incident.summary);
  const events = useQuery(eventsQuery(incidentKey)).data ?? [];
  const moveTo = useMoveStage();
  const step = nextStep(incident.stage, summary.trim() !== "" || events.length > 0);

  if (step.kind === "read")
    return (
      <Button
        component="a"
        href={reportAddress(incident.key, "html")}
        target="_blank"
        className={styles.step}
      >
        {step.words}
      </Button>
    );
  const take = () => {
    if (step.kind === "move") return moveTo(step.to);
    goToPart("recap");
    session?.edit("summary", 0);
  };
  return (
    <ReasonedButton reason={reason} onClick={take} className={styles.step}>
      {step.words}
    </ReasonedButton>
  );
}
