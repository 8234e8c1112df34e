/** Every shortcut on the page: one list that the keys, the help sheet and the palette all read. */
import { useEffect, useRef, useSyncExternalStore } from "react";
import { storedChoice } from "../storedChoice";
import { isSingleKey, matches, parseKeys } from "./chords";

export interface Shortcut {
  /** Notation of `parseKeys`. */
  keys: string;
  label: string;
  group: string;
  run: (event: KeyboardEvent | null) => void;
  /** Offered in the command palette as well; not for keys that only move. */
  command?: boolean;
  /** Only then; otherwise the key keeps what it does by itself, as Space does on a button. */
  when?: () => boolean;
  /** Also while the focus is in a field; only sensible with Ctrl, ⌘ or Alt. */
  whileTyping?: boolean;
}

/** WCAG 2.1.4: single keys can be turned off. */
export const singleKeys = storedChoice("singleKeys", ["on", "off"]);

/** The second key of "g i" must follow within this time. */
const SEQUENCE_MS = 1200;

export class ShortcutRegistry {
  private lists: (readonly Shortcut[])[] = [];
  private current: readonly Shortcut[] = [];
  private readonly listeners = new Set<() => void>();
  private begun: { shortcuts: Shortcut[]; at: number } | null = null;

  /** `beneath` is for what is on every page: the page's own shortcuts win over it. */
  register(list: readonly Shortcut[], beneath = false): () => void {
    this.change(beneath ? [list, ...this.lists] : [...this.lists, list]);
    return () => this.change(this.lists.filter((each) => each !== list));
  }

  /** What is registered now, the page's own last. */
  snapshot = (): readonly Shortcut[] => this.current;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Runs what the key stands for; what was registered last wins. */
  handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const candidates = this.current.filter((shortcut) => this.allowed(shortcut, event)).reverse();
    const shortcut = this.continued(candidates, event) ?? this.found(candidates, event);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run(event);
  };

  private change(lists: (readonly Shortcut[])[]): void {
    this.lists = lists;
    this.current = lists.flat();
    for (const listener of this.listeners) listener();
  }

  private allowed(shortcut: Shortcut, event: KeyboardEvent): boolean {
    const [first] = parseKeys(shortcut.keys);
    if (!first) return false;
    if (isSingleKey(first) && singleKeys.get() === "off") return false;
    if (shortcut.when && !shortcut.when()) return false;
    const target = event.target instanceof Element ? event.target : null;
    if (isTyping(target)) return shortcut.whileTyping === true;
    // What is behind a dialog must not move while people look at the dialog.
    return shortcut.whileTyping === true || target?.closest('[role="dialog"]') == null;
  }

  private continued(candidates: Shortcut[], event: KeyboardEvent): Shortcut | undefined {
    const begun = this.begun;
    this.begun = null;
    if (!begun || performance.now() - begun.at > SEQUENCE_MS) return undefined;
    return candidates.find((shortcut) => {
      const second = parseKeys(shortcut.keys)[1];
      return begun.shortcuts.includes(shortcut) && second !== undefined && matches(second, event);
    });
  }

  private found(candidates: Shortcut[], event: KeyboardEvent): Shortcut | undefined {
    const starting = candidates.filter((shortcut) => {
      const [first] = parseKeys(shortcut.keys);
      return first !== undefined && matches(first, event);
    });
    const sequences = starting.filter((shortcut) => shortcut.keys.includes(" "));
    if (sequences.length > 0) this.begun = { shortcuts: sequences, at: performance.now() };
    return starting.find((shortcut) => !sequences.includes(shortcut));
  }
}

export const registry = new ShortcutRegistry();

/** Offers these shortcuts while the component is on the page. */
export function useShortcuts(shortcuts: readonly Shortcut[], beneath = false): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const shape = shortcuts.map((each) => `${each.keys}\t${each.label}\t${each.group}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: handlers are read when a key is pressed
  useEffect(
    () =>
      registry.register(
        latest.current.map((each, index) => ({
          ...each,
          run: (event) => latest.current[index]?.run(event),
          when: () => latest.current[index]?.when?.() ?? true,
        })),
        beneath,
      ),
    [shape, beneath],
  );
}

export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(registry.subscribe, registry.snapshot);
}

function isTyping(target: Element | null): boolean {
  return (
    target?.closest(
      'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="textbox"]',
    ) != null
  );
}
