/** The first thing a new team sees here: how incidents begin. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { mayWrite, useMe } from "../../domain/me";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import styles from "./NoIncidents.module.css";

export function NoIncidents() {
  const mayOpen = mayWrite(useMe()).allowed;
  return (
    <EmptyState
      title="Nothing has been recorded yet"
      ghost={<GhostRows />}
      action={
        <div className={styles.ways}>
          {mayOpen && (
            <Button component={Link} to="/incidents/new" leftSection={<Icon name="plus" />}>
              New incident
            </Button>
          )}
          <Button component={Link} to="/settings/sources" variant="default">
            Let alerts open them
          </Button>
        </div>
      }
    >
      An incident starts with one sentence: what did people notice? From there your team writes the
      recap together, asks the whys, and keeps what it learned.
    </EmptyState>
  );
}

/** The shape of three rows, without pretending that anything happened. */
function GhostRows() {
  return ["52%", "38%", "46%"].map((width) => (
    <div key={width} className={styles.row}>
      <span className={styles.mark} />
      <span className={styles.line} style={{ width }} />
      <span className={styles.parts}>
        <i>A</i>
        <i>B</i>
        <i>C</i>
      </span>
    </div>
  ));
}
