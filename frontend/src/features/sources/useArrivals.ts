/** Watches a source for new messages: asks only when the last one came, and reads the list when that moves. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { keys } from "../../api/keys";
import { sourceQuery } from "./api";

// People look at this while they set up a sender.
const WATCHING_MS = 2_000;

/** Returns whether the last look worked. */
export function useArrivals(sourceId: string): boolean {
  const queryClient = useQueryClient();
  const source = useQuery({ ...sourceQuery(sourceId), refetchInterval: WATCHING_MS });
  const last = source.data?.last_delivery_at;
  const seen = useRef(last);
  useEffect(() => {
    if (last === seen.current) return;
    seen.current = last;
    void queryClient.invalidateQueries({ queryKey: keys.deliveries(sourceId) });
  }, [queryClient, sourceId, last]);
  return !source.isRefetchError;
}
