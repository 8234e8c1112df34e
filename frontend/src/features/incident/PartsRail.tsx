/** The way around the page: its three parts, what each holds, and where one is. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Kbd } from "../../ui/Kbd";
import { actionsQuery, eventsQuery, takeawaysQuery, whysQuery } from "./api/queries";
import { useIncident } from "./IncidentContext";
import styles from "./PartsRail.module.css";
import { goToPart } from "./pageKeys";
import { PARTS, type PartId } from "./parts/parts";

export function PartsRail() {
  const current = useCurrentPart();
  const counts = useCounts();
  return (
    <nav className={styles.rail} aria-label="Parts of this incident">
      <ol className={styles.parts}>
        {PARTS.map(({ id, letter, word }, index) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className={styles.part}
              aria-current={current === id ? "true" : undefined}
              onClick={(event) => {
                event.preventDefault();
                goToPart(id);
              }}
            >
              <span className={styles.letter}>{letter}</span>
              <span className={styles.word}>{word}</span>
              <span className={styles.key}>
                <Kbd keys={String(index + 1)} />
              </span>
              <span className={styles.counts}>{counts[id].join(" · ")}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function useCounts(): Record<PartId, string[]> {
  const { incidentKey } = useIncident();
  const events = useQuery(eventsQuery(incidentKey)).data;
  const whys = useQuery(whysQuery(incidentKey)).data;
  const takeaways = useQuery(takeawaysQuery(incidentKey)).data;
  const actions = useQuery(actionsQuery(incidentKey)).data;
  const open = whys?.filter((why) => why.answer.trim() === "").length ?? 0;
  return {
    recap: events ? [counted(events.length, "event")] : [],
    discussion: whys
      ? [counted(whys.length, "why"), ...(open > 0 ? [`${open} to answer`] : [])]
      : [],
    takeaways:
      takeaways && actions
        ? [
            counted(takeaways.filter(({ parked }) => !parked).length, "takeaway"),
            counted(actions.length, "action"),
          ]
        : [],
  };
}

function counted(count: number, word: string): string {
  return `${count} ${count === 1 ? word : `${word}s`}`;
}

/** The part whose heading has last gone past the top. */
function useCurrentPart(): PartId {
  const [current, setCurrent] = useState<PartId>("recap");
  useEffect(() => {
    const look = () => {
      const line = window.innerHeight * 0.4;
      const passed = PARTS.filter(({ id }) => {
        const section = document.getElementById(id);
        return section !== null && section.getBoundingClientRect().top < line;
      });
      setCurrent(passed.at(-1)?.id ?? "recap");
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, []);
  return current;
}
