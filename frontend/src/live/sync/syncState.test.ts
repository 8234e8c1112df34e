import { describe, expect, it } from "vitest";
import { advance, START, type SyncEvent, stopCode, unsaved, unsavedCount } from "./syncState";
import { reasonOf, viewOf, wordsOf } from "./syncView";

const typed = (clock: number): SyncEvent => ({ type: "wrote", clock, passages: ["summary"] });
const deleted: SyncEvent = { type: "wrote", clock: null, passages: ["summary"] };
const saved = (clock: number, frames: number): SyncEvent => ({ type: "saved", clock, frames });
const kept: SyncEvent = { type: "kept", unsaved: { count: 4, passages: ["whys/1/answer"] } };
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
    expect(words(kept, { type: "lost" })).toBe("Offline, 4 changes kept here");
    expect(words(kept, { type: "opened" }, { type: "synced" }, { type: "offered" })).toBe(
      "Saving 4",
    );
    expect(words(kept, ...CONNECT)).toBe("Saved");
  });

  it("waits for what the local copy brought after the connection was there", () => {
    const late = [...CONNECT, kept, { type: "relayed" } as const];
    expect(words(...late)).toBe("Saving 4");
    expect(words(...late, saved(0, 1))).toBe("Saving 4");
    expect(words(...late, saved(0, 2))).toBe("Saved");
  });

  it("says that it saves, not that it connects, while there is something to save", () => {
    expect(words(kept)).toBe("Saving 4");
    expect(words(...CONNECT, { type: "lost" }, typed(1), { type: "opened" })).toBe("Saving 1");
  });

  it("does not take frames of the local copy for its own", () => {
    expect(words(...CONNECT, { type: "relayed" }, deleted, saved(0, 2))).toBe("Saving 1");
  });

  it("stays stopped, with what is not saved still named", () => {
    const stopped = having(...CONNECT, typed(1), { type: "stopped", code: 4403 }, { type: "lost" });
    expect(wordsOf(viewOf(stopped, true))).toBe("Reload to edit");
    expect(unsaved(stopped)).toEqual({ count: 1, passages: ["summary"] });
  });

  it("names the passages of an earlier visit with its own", () => {
    const { passages } = unsaved(having(kept, typed(1), deleted));
    expect(passages).toEqual(["summary", "whys/1/answer"]);
  });

  it("keeps what a dead connection had carried, however long ago, until it is confirmed anew", () => {
    const asleep = having(...CONNECT, typed(1), deleted);
    const awake = advance(advance(asleep, { type: "lost" }), { type: "opened" });
    expect(unsavedCount(advance(awake, saved(0, 9)))).toBe(2);
    const asked = advance(advance(awake, { type: "synced" }), { type: "offered" });
    expect(wordsOf(viewOf(advance(asked, saved(1, 1)), true))).toBe("Saved");
  });

  it("tells readers that they read, and that they are offline", () => {
    expect(wordsOf(viewOf(having(...CONNECT), false))).toBe("Read-only");
    expect(wordsOf(viewOf(having({ type: "lost" }), false))).toBe("Offline");
  });

  it("does not claim to save for people who may no longer write", () => {
    const view = viewOf(having(...CONNECT, typed(1)), false);
    expect(view).toEqual({ kind: "read_only", count: 1 });
    expect(wordsOf(view)).toBe("Read-only");
  });
});

describe("how a connection may end", () => {
  it("tells what coming back would not help with", () => {
    for (const code of [4400, 4401, 4403, 4404, 4409] as const) {
      expect(stopCode(code)).toBe(code);
      expect(reasonOf(code)).toMatch(/\.$/);
    }
    for (const code of [1000, 1001, 1006, 1012, 1013, 4500]) expect(stopCode(code)).toBeNull();
  });

  it("takes unknown refusals for the plainest one, and frames too large for a text too long", () => {
    expect(stopCode(4410)).toBe(4400);
    expect(stopCode(1009)).toBe(4409);
  });
});
