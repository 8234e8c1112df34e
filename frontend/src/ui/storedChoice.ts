/** A choice kept in this browser, that every part of the page hears of. */
import { useSyncExternalStore } from "react";

export interface StoredChoice<T extends string> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function storedChoice<T extends string>(
  name: string,
  values: readonly [T, ...T[]],
): StoredChoice<T> {
  const listeners = new Set<() => void>();
  return {
    get: () => values.find((value) => value === localStorage.getItem(name)) ?? values[0],
    set(value) {
      localStorage.setItem(name, value);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStoredChoice<T extends string>(
  choice: StoredChoice<T>,
): [T, (value: T) => void] {
  return [useSyncExternalStore(choice.subscribe, choice.get), choice.set];
}
