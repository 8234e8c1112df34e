import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { OwnAwareness } from "./OwnAwareness";

const SERVER = "the connection";

function page() {
  const awareness = new OwnAwareness(new Y.Doc());
  awareness.setLocalState({ passage: null });
  vi.advanceTimersByTime(1000);
  /** What would be sent: the clients named, and our state at that time. */
  const sent: unknown[] = [];
  awareness.on("update", ({ added, updated, removed }: Record<string, number[]>) =>
    sent.push([[...(added ?? []), ...(updated ?? []), ...(removed ?? [])], said(awareness)]),
  );
  return { awareness, sent, me: [awareness.clientID] };
}

function said(awareness: OwnAwareness): unknown {
  return awareness.getLocalState()?.passage;
}

function stateOf(awareness: OwnAwareness, laterBy: number): Uint8Array {
  const meta = awareness.meta.get(awareness.clientID);
  if (meta) meta.clock += laterBy;
  const update = encodeAwarenessUpdate(awareness, [awareness.clientID]);
  if (meta) meta.clock -= laterBy;
  return update;
}

describe("our own presence", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("never repeats what the server says of others", () => {
    const [mine, theirs] = [page(), page()];
    const changes: unknown[] = [];
    mine.awareness.on("change", (change: unknown) => changes.push(change));
    applyAwarenessUpdate(mine.awareness, stateOf(theirs.awareness, 0), SERVER);
    vi.advanceTimersByTime(1000);
    expect(mine.awareness.getStates().size).toBe(2);
    expect(changes).toHaveLength(1);
    expect(mine.sent).toEqual([]);
  });

  it("speaks at once, then ten times a second, and the last word is never lost", () => {
    const { awareness, sent, me } = page();
    for (let place = 1; place <= 20; place++) {
      awareness.setLocalStateField("passage", place);
      vi.advanceTimersByTime(10);
    }
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([
      [me, 1],
      [me, 10],
      [me, 20],
    ]);
  });

  it("is not undone by the echo of what it said before", () => {
    const { awareness, sent } = page();
    const echo = stateOf(awareness, 1000);
    awareness.setLocalStateField("passage", "summary");
    applyAwarenessUpdate(awareness, echo, SERVER);
    expect(said(awareness)).toBe("summary");
    awareness.setLocalStateField("cursor", 7);
    expect(awareness.getLocalState()).toEqual({ passage: "summary", cursor: 7 });
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
  });

  it("contradicts whoever takes it for gone", () => {
    const { awareness, sent, me } = page();
    const goodbye = encodeAwarenessUpdate(awareness, me, new Map());
    applyAwarenessUpdate(awareness, goodbye, SERVER);
    expect(sent).toEqual([[me, null]]);
    expect(awareness.getLocalState()).toEqual({ passage: null });
  });

  it("says nothing after it has ended", () => {
    const { awareness, sent } = page();
    awareness.setLocalStateField("passage", "summary");
    awareness.setLocalStateField("passage", "whys/1/answer");
    awareness.destroy();
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(1);
  });
});
