/** A severity as shape, word and colour, so that no one of the three has to be seen. */
import type { Severity } from "../api/types";
import styles from "./SeverityMark.module.css";
import { SEVERITY_WORDS } from "./severity";

const SHAPES: Record<Severity, string> = {
  sev1: "M6 .8 11.2 6 6 11.2.8 6z",
  sev2: "M6 1.2 11.3 10.8H.7z",
  sev3: "M1.5 1.5h9v9h-9z",
  sev4: "M6 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6z",
  sev5: "M6 1.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM6 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
};

export function SeverityMark({
  severity,
  compact = false,
}: {
  severity: Severity;
  compact?: boolean;
}) {
  return (
    <span className={styles.mark} data-severity={severity}>
      <svg
        width={12}
        height={12}
        viewBox="0 0 12 12"
        fill="currentColor"
        fillRule="evenodd"
        aria-hidden="true"
      >
        <path d={SHAPES[severity]} />
      </svg>
      <span className={compact ? "visually-hidden" : undefined}>{SEVERITY_WORDS[severity]}</span>
    </span>
  );
}
