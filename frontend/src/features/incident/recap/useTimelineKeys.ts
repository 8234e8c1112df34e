/** Keys that write the timeline. */
import { useShortcuts } from "../../../ui/keyboard/registry";
import { focusedRow } from "../parts/rows";
import type { TimelineEvent } from "../types";

interface Keys {
  editable: boolean;
  events: readonly TimelineEvent[];
  compose: (at: "text" | "time") => void;
  onChange: (event: TimelineEvent, patch: { pivot: boolean }) => void;
}

export function useTimelineKeys({ editable, events, compose, onChange }: Keys) {
  const group = "Timeline";
  const turn = () => {
    const event = events.find(({ id }) => id === focusedRow("event"));
    if (event) onChange(event, { pivot: !event.pivot });
  };
  useShortcuts(
    editable
      ? [
          { keys: "e", label: "New event, now", group, command: true, run: () => compose("text") },
          {
            keys: "shift+e",
            label: "New event at a time",
            group,
            command: true,
            run: () => compose("time"),
          },
          { keys: "s", label: "Turning point", group, run: turn },
        ]
      : [],
  );
}
