/** Keys that work for everybody who looks at an incident. */
import { useNavigate } from "@tanstack/react-router";
import { useShortcuts } from "../../ui/keyboard/registry";
import { useIncident } from "./IncidentContext";
import { PARTS, type PartId } from "./parts/parts";
import { copyPermalink } from "./parts/permalink";
import { focusedPassage, focusedPlace } from "./parts/rows";

const GROUP = "Incident";

export function usePageKeys(): void {
  const { incidentKey } = useIncident();
  const navigate = useNavigate();
  const step = (by: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")];
    const at = rows.indexOf(
      document.activeElement?.closest("[data-place]")?.querySelector("[data-row]") ?? document.body,
    );
    const next = at === -1 ? rows[0] : rows[at + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  useShortcuts([
    ...PARTS.map((part, index) => ({
      keys: String(index + 1),
      label: `${part.letter} · ${part.word}`,
      group: GROUP,
      command: true,
      run: () => goToPart(part.id),
    })),
    { keys: "j", label: "Next row", group: GROUP, run: () => step(1) },
    { keys: "k", label: "Previous row", group: GROUP, run: () => step(-1) },
    {
      keys: "h",
      label: "History of this text, or of all",
      group: GROUP,
      command: true,
      run: () => {
        const passage = focusedPassage();
        void navigate({
          to: "/i/$incidentKey/history",
          params: { incidentKey },
          search: passage === undefined ? {} : { passage },
        });
      },
    },
    {
      keys: "y",
      label: "Copy link to this row or incident",
      group: GROUP,
      command: true,
      run: () => {
        const row = focusedPlace();
        void copyPermalink(incidentKey, row?.place ?? null, row?.id);
      },
    },
  ]);
}

export function goToPart(id: PartId): void {
  document.getElementById(id)?.scrollIntoView();
  document.getElementById(`${id}-heading`)?.focus({ preventScroll: true });
}
