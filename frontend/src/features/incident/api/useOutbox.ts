/** New rows on their way: shown at once, and kept with their words when they do not arrive. */
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { freshKey } from "../../../api/idempotency";
import { isProblem, UNREACHABLE } from "../../../api/problem";
import { useIncident } from "../IncidentContext";
import { changing } from "./keys";

export interface Unsent<B> {
  /** Until the server gives it one of its own. */
  id: string;
  body: B;
  /** What went wrong; null while it is on its way. */
  error: unknown;
}

export interface Outbox<B> {
  items: readonly Unsent<B>[];
  /** Returns the row's id here, by which `arrived` names it later. */
  add: (body: B) => string;
  retry: (id: string) => void;
  discard: (id: string) => void;
}

interface Ways<B, T> {
  send: (body: B, headers: Record<string, string>, id: string) => Promise<T>;
  /** The server has it; `id` is the one that it had here. */
  arrived: (row: T, id: string) => void;
}

export function useOutbox<B, T>({ send, arrived }: Ways<B, T>): Outbox<B> {
  const { incidentKey } = useIncident();
  const [items, setItems] = useState<readonly Unsent<B>[]>([]);
  const latest = useRef({ send, arrived, items });
  useEffect(() => {
    latest.current = { send, arrived, items };
  });

  const { mutate } = useMutation({
    mutationKey: changing(incidentKey),
    mutationFn: (item: Unsent<B>) =>
      latest.current.send(item.body, { "Idempotency-Key": item.id }, item.id),
    onSuccess: (row, item) => {
      setItems((all) => all.filter((each) => each.id !== item.id));
      latest.current.arrived(row, item.id);
    },
    onError: (error, item) =>
      setItems((all) => all.map((each) => (each.id === item.id ? { ...each, error } : each))),
  });

  const retry = useCallback(
    (id: string) => {
      const item = latest.current.items.find((each) => each.id === id);
      if (!item) return;
      setItems((all) => all.map((each) => (each.id === id ? { ...each, error: null } : each)));
      mutate(item);
    },
    [mutate],
  );

  useEffect(() => {
    const online = () => {
      for (const { id, error } of latest.current.items)
        if (isProblem(error, UNREACHABLE)) retry(id);
    };
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [retry]);

  const add = useCallback(
    (body: B) => {
      const item: Unsent<B> = { id: freshKey(), body, error: null };
      setItems((all) => [...all, item]);
      mutate(item);
      return item.id;
    },
    [mutate],
  );
  const discard = useCallback(
    (id: string) => setItems((all) => all.filter((each) => each.id !== id)),
    [],
  );
  return { items, add, retry, discard };
}
