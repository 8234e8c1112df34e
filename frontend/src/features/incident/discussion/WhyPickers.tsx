/** Choosing what else a why follows from, and the events that show it. */
import { useQuery } from "@tanstack/react-query";
import { clockTime } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import { eventsQuery } from "../api/queries";
import { useChangeWhy } from "../api/whys";
import { useIncident } from "../IncidentContext";
import { PickDialog } from "../parts/PickDialog";
import { plainLine } from "../parts/plainLine";
import type { Why } from "../types";
import { linked, unlinked } from "./moves";
import { below, buildOutline } from "./outline";
import { useWhyChanges } from "./useWhyChanges";

interface Props {
  whys: readonly Why[];
  what: "causes" | "evidence";
  id: string;
  onClose: () => void;
}

export function WhyPickers({ whys, what, id, onClose }: Props) {
  const why = whys.find((each) => each.id === id);
  if (!why) return null;
  return what === "causes" ? (
    <CausePicker why={why} whys={whys} onClose={onClose} />
  ) : (
    <EvidencePicker why={why} onClose={onClose} />
  );
}

interface PickerProps {
  why: Why;
  onClose: () => void;
}

function CausePicker({ why, whys, onClose }: PickerProps & { whys: readonly Why[] }) {
  const { onMoves } = useWhyChanges();
  const rows = buildOutline(whys).filter(({ reference, id }) => !reference && id !== why.id);
  const items = rows.map((row) => {
    const circle = below(whys, row.id).has(why.id);
    return {
      id: row.id,
      mark: row.number,
      label: whys.find(({ id }) => id === row.id)?.question ?? "",
      chosen: why.causes.includes(row.id),
      ...(circle ? { refused: "It would make a circle: this already leads there." } : {}),
    };
  });
  return (
    <PickDialog
      title="Also caused by…"
      lead={`“${why.question}” may follow from several things at once.`}
      what="whys"
      items={items}
      onToggle={(cause) =>
        onMoves(
          why.causes.includes(cause) ? unlinked(whys, why.id, cause) : linked(whys, why.id, cause),
        )
      }
      onClose={onClose}
    />
  );
}

function EvidencePicker({ why, onClose }: PickerProps) {
  const { incidentKey } = useIncident();
  const zone = useZone();
  const events = useQuery(eventsQuery(incidentKey)).data ?? [];
  const { mutate } = useChangeWhy();
  const toggle = (event: string) =>
    mutate({
      id: why.id,
      patch: {
        evidence: why.evidence.includes(event)
          ? why.evidence.filter((id) => id !== event)
          : [...why.evidence, event],
      },
    });
  return (
    <PickDialog
      title="How we know"
      lead="The events that show it. What nobody saw can be an open question."
      what="events"
      items={events.map((event) => ({
        id: event.id,
        mark: clockTime(new Date(event.occurred_at), zone),
        label: plainLine(event.text) || "Nothing written yet",
        chosen: why.evidence.includes(event.id),
      }))}
      onToggle={toggle}
      onClose={onClose}
    />
  );
}
