import { describe, expect, it } from "vitest";
import {
  advance,
  START,
  type SyncEvent,
  stopCode,
  unsavedCount,
  unsavedPassages,
} from "./syncState";
import { viewOf, wordsOf } from "./syncView";

const typed = (clock: number): SyncEvent => ({ type: "wrote", clock, passages: ["summary"] });
const deleted: SyncEvent = { type: "wrote", clock: null, passages: ["summary"] };
const saved = (clock: number, frames: number): SyncEvent => ({ type: "saved", clock, frames });
const CONNECT: SyncEvent[] = [
  { type: "opened" },
  { type: "synced" },
  { type: "offered" },
  saved(0, 1),
];

function having(...events: SyncEvent[]) {
  return events.reduce(advance, START);
}

function words(...events: SyncEvent[]) {
  return wordsOf(viewOf(having(...events), true));
}

describe("what the page says about saving", () => {
  it("never says saved before the server's text is here", () => {
    expect(words()).toBe("Connecting");
    expect(words({ type: "opened" })).toBe("Connecting");
    expect(words(...CONNECT)).toBe("Saved");
  });

  it("counts edits until they are on disk, and only those", () => {
    expect(words(...CONNECT, typed(1), typed(2), typed(3))).toBe("Saving 3");
    expect(words(...CONNECT, typed(1), typed(2), typed(3), saved(2, 3))).toBe("Saving 1");
    expect(words(...CONNECT, typed(1), typed(2), saved(2, 3))).toBe("Saved");
  });

  it("waits for deletions too, which move no clock", () => {
    expect(words(...CONNECT, deleted)).toBe("Saving 1");
    expect(words(...CONNECT, deleted, saved(0, 1))).toBe("Saving 1");
    expect(words(...CONNECT, deleted, saved(0, 2))).toBe("Saved");
  });

  it("takes a deletion for stored when something sent after it is", () => {
    expect(words(...CONNECT, deleted, typed(1), saved(1, 1))).toBe("Saved");
  });

  it("keeps what was written offline until the server has confirmed all of it", () => {
    const offline = having(...CONNECT, { type: "lost" }, deleted, typed(1));
    expect(wordsOf(viewOf(offline, true))).toBe("Offline, 2 changes kept here");
    const typedTooEarly = [{ type: "opened" } as const, typed(2), saved(2, 1)].reduce(
      advance,
      offline,
    );
    expect(unsavedCount(typedTooEarly)).toBe(1);
    const back = ([{ type: "opened" }, { type: "synced" }, { type: "offered" }] as const).reduce(
      advance,
      offline,
    );
    expect(wordsOf(viewOf(back, true))).toBe("Saving 2");
    expect(wordsOf(viewOf(advance(back, saved(1, 1)), true))).toBe("Saved");
  });

  it("forgets what a lost connection had carried", () => {
    const again = having(...CONNECT, deleted, { type: "lost" }, { type: "opened" }, saved(0, 2));
    expect(unsavedCount(again)).toBe(1);
  });

  it("remembers what an earlier visit could not save", () => {
    const kept: SyncEvent = { type: "kept", count: 4 };
    expect(words(kept, { type: "lost" })).toBe("Offline, 4 changes kept here");
    expect(words(kept, { type: "opened" }, { type: "synced" }, { type: "offered" })).toBe(
      "Saving 4",
    );
    expect(words(kept, ...CONNECT)).toBe("Saved");
  });

  it("does not take frames of the local copy for its own", () => {
    expect(words(...CONNECT, { type: "relayed" }, deleted, saved(0, 2))).toBe("Saving 1");
  });

  it("stays stopped, with what is not saved still named", () => {
    const stopped = having(...CONNECT, typed(1), { type: "stopped", code: 4403 }, { type: "lost" });
    expect(wordsOf(viewOf(stopped, true))).toBe("Reload to edit");
    expect(unsavedPassages(stopped)).toEqual(["summary"]);
    expect(stopCode(4410)).toBe(4400);
  });

  it("tells readers that they read, and that they are offline", () => {
    expect(wordsOf(viewOf(having(...CONNECT), false))).toBe("Read-only");
    expect(wordsOf(viewOf(having({ type: "lost" }), false))).toBe("Offline");
  });
});
