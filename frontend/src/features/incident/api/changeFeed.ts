/** What the live channel says moved, read again: many changes at once are one refetch. */
import type { InvalidateQueryFilters, QueryClient } from "@tanstack/react-query";
import { keys } from "../../../api/keys";
import { changing, partKeys } from "./keys";

/** Storms of changes settle; people do not notice this wait. */
export const GATHER_MS = 60;

type Target = InvalidateQueryFilters;

const incidentItself = (key: string): Target => ({ queryKey: keys.incident(key), exact: true });
const people = (key: string): Target => ({ queryKey: partKeys.participants(key) });

const TARGETS: Record<string, (key: string) => Target[]> = {
  incident: (key) => [incidentItself(key), people(key)],
  participant: (key) => [incidentItself(key), people(key)],
  event: (key) => [{ queryKey: partKeys.events(key) }],
  why: (key) => [{ queryKey: partKeys.whys(key) }],
  takeaway: (key) => [{ queryKey: partKeys.takeaways(key) }],
  action: (key) => [
    { queryKey: partKeys.actions(key) },
    incidentItself(key),
    { queryKey: keys.actions, refetchType: "none" },
  ],
};

export class ChangeFeed {
  private readonly entities = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queryClient: QueryClient,
    private readonly incidentKey: string,
  ) {}

  readonly heard = (entity: string): void => {
    this.entities.add(entity);
    this.timer ??= setTimeout(this.flush, GATHER_MS);
  };

  /** Everything may have moved while nobody listened. */
  readonly missedSome = (): void => {
    for (const entity of Object.keys(TARGETS)) this.heard(entity);
  };

  stop(): void {
    clearTimeout(this.timer);
  }

  private readonly flush = (): void => {
    this.timer = undefined;
    // A change of this page is under way: its answer first, so that rows do not jump back and forth.
    if (this.queryClient.isMutating({ mutationKey: changing(this.incidentKey) }) > 0) {
      this.timer = setTimeout(this.flush, GATHER_MS);
      return;
    }
    for (const entity of this.entities)
      for (const target of TARGETS[entity]?.(this.incidentKey) ?? [])
        void this.queryClient.invalidateQueries(target);
    this.entities.clear();
  };
}
