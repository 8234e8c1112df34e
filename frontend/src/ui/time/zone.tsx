/** Which zone times are shown in: mine or UTC; stored times are always UTC. */
import { createContext, type ReactNode, useContext } from "react";

export type ZoneChoice = "mine" | "utc";

export function zoneName(choice: ZoneChoice): string {
  return choice === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const Zone = createContext<string>("UTC");

export function ZoneProvider({ choice, children }: { choice: ZoneChoice; children: ReactNode }) {
  return <Zone value={zoneName(choice)}>{children}</Zone>;
}

/** The IANA name of the zone on show. */
export function useZone(): string {
  return useContext(Zone);
}
