/** Keys that work on every page. */
import { useMantineColorScheme } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Shortcut, useShortcuts } from "../ui/keyboard/registry";

interface Openers {
  openPalette: () => void;
  openSheet: () => void;
}

const GO = "Go to";
const ANYWHERE = "Anywhere";

export function useShellShortcuts({ openPalette, openSheet }: Openers): void {
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const { tz } = useSearch({ from: "__root__" });
  const cycleZone = () =>
    void navigate({ to: ".", search: (all) => ({ ...all, tz: tz === "utc" ? undefined : "utc" }) });

  const shortcuts: Shortcut[] = [
    {
      keys: "mod+k",
      label: "Search and commands",
      group: ANYWHERE,
      run: openPalette,
      whileTyping: true,
    },
    { keys: "?", label: "Keyboard shortcuts", group: ANYWHERE, run: openSheet, command: true },
    { keys: "/", label: "Search", group: ANYWHERE, run: openPalette },
    {
      keys: "c",
      label: "New incident",
      group: ANYWHERE,
      command: true,
      run: () => void navigate({ to: "/incidents/new" }),
    },
    { keys: "t", label: "Times in my zone or UTC", group: ANYWHERE, command: true, run: cycleZone },
    {
      keys: ".",
      label: "Light or dark theme",
      group: ANYWHERE,
      command: true,
      run: toggleColorScheme,
    },
    {
      keys: "g i",
      label: "Incidents",
      group: GO,
      command: true,
      run: () => void navigate({ to: "/incidents" }),
    },
    {
      keys: "g a",
      label: "Actions",
      group: GO,
      command: true,
      run: () => void navigate({ to: "/actions" }),
    },
    {
      keys: "g s",
      label: "Settings",
      group: GO,
      command: true,
      run: () => void navigate({ to: "/settings" }),
    },
    {
      keys: "g m",
      label: "My profile",
      group: GO,
      command: true,
      run: () => void navigate({ to: "/me" }),
    },
  ];
  useShortcuts(shortcuts, true);
}
