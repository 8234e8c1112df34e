/** Always in sight: which incident, who is here, whether everything is saved, and the next step. */
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { SeverityMark } from "../../../domain/SeverityMark";
import { useIncident } from "../IncidentContext";
import { NextStep } from "./NextStep";
import { PeopleHere } from "./PeopleHere";
import { SyncStatus } from "./SyncStatus";
import styles from "./TopBar.module.css";

/** The heading is out of sight below this. */
const HEADING_PX = 96;

export function TopBar({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const scrolled = useScrolledPast(HEADING_PX);
  return (
    <div className={styles.bar} data-scrolled={scrolled || undefined}>
      <nav className={styles.where} aria-label="Where this is">
        <Link to="/incidents" className={styles.up}>
          Incidents
        </Link>
        <span className={styles.slash} aria-hidden="true">
          /
        </span>
        <span className={styles.key}>{incident.key}</span>
        {scrolled && (
          <span className={styles.title} aria-hidden="true">
            <SeverityMark severity={incident.severity} compact />
            <span className={styles.words}>{incident.title}</span>
          </span>
        )}
      </nav>
      <PeopleHere />
      <SyncStatus />
      <NextStep reason={reason} />
    </div>
  );
}

function useScrolledPast(pixels: number): boolean {
  const [past, setPast] = useState(false);
  useEffect(() => {
    const look = () => setPast(window.scrollY > pixels);
    look();
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, [pixels]);
  return past;
}
