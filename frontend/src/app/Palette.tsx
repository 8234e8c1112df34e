/** Ctrl+K: every command of this page, and incidents by what their title says. */
import { createSpotlight, Spotlight, type SpotlightActionData } from "@mantine/spotlight";
import "@mantine/spotlight/styles.layer.css";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { UseNavigateResult } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { answer, api } from "../api/client";
import { keys } from "../api/keys";
import { SeverityMark } from "../domain/SeverityMark";
import { Icon } from "../ui/Icon";
import { Kbd } from "../ui/Kbd";
import { useRegisteredShortcuts } from "../ui/keyboard/registry";
import styles from "./Palette.module.css";

const FOUND_AT_MOST = 6;
const TYPING_MS = 150;
const [store, palette] = createSpotlight();

interface Props {
  /** Opens each time this changes. */
  wish: number;
  navigate: UseNavigateResult<string>;
}

export function Palette({ wish, navigate }: Props) {
  const [typed, setTyped] = useState("");
  const commands = useCommands(typed);
  const incidents = useFoundIncidents(typed);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new wish is what opens it
  useEffect(() => palette.open(), [wish]);

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      scrollable
      maxHeight={460}
      centered={false}
      yOffset="12dvh"
      radius="lg"
      overlayProps={{ backgroundOpacity: 1, blur: 0, color: "var(--scrim)" }}
      classNames={styles}
      attributes={{ content: { "aria-label": "Search and commands" } }}
    >
      <Spotlight.Search
        placeholder="Find an incident, or type a command"
        leftSection={<Icon name="search" size={18} />}
        aria-label="Find an incident or a command"
      />
      <Spotlight.ActionsList>
        {incidents.length > 0 && (
          <Spotlight.ActionsGroup label="Incidents">
            {incidents.map((incident) => (
              <Spotlight.Action
                key={incident.key}
                onClick={() =>
                  void navigate({ to: "/i/$incidentKey", params: { incidentKey: incident.key } })
                }
                leftSection={<SeverityMark severity={incident.severity} compact />}
                rightSection={incident.key}
                label={incident.title}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label="Commands">
            {commands.map((command) => (
              <Spotlight.Action key={command.id} {...command} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {incidents.length + commands.length === 0 && (
          <Spotlight.Empty>Nothing by that name.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useCommands(typed: string): SpotlightActionData[] {
  const wanted = typed.trim().toLowerCase();
  return useRegisteredShortcuts()
    .filter((each) => each.command && `${each.group} ${each.label}`.toLowerCase().includes(wanted))
    .map((each) => ({
      id: each.keys,
      label: each.group === "Go to" ? `${each.group} ${each.label}` : each.label,
      rightSection: <Kbd keys={each.keys} />,
      onClick: () => each.run(null),
    }));
}

function useFoundIncidents(typed: string) {
  const [settled] = useDebouncedValue(typed.trim(), TYPING_MS);
  const found = useQuery({
    queryKey: keys.incidentList({ palette: settled }),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/incidents", {
          params: { query: { limit: FOUND_AT_MOST, ...(settled ? { q: settled } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return found.data?.items ?? [];
}
