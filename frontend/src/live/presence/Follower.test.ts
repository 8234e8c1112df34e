import { describe, expect, it } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { Store } from "../store";
import { Follower, nextPassage } from "./Follower";
import { type PersonHere, peopleHere } from "./people";

const grace = { id: "g", name: "Grace" };

function page() {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const people = new Store<readonly PersonHere[]>([]);
  const follower = new Follower(people, awareness, doc);
  /** Grace's tabs, as the server tells of them. */
  const tabs = (...states: object[]) => {
    awareness.states.clear();
    states.forEach((state, tab) => void awareness.states.set(tab + 1, { user: grace, ...state }));
    people.set(peopleHere(awareness.getStates().values()));
    follower.look();
  };
  return { doc, follower, tabs, now: () => follower.followed.get() };
}

describe("following a person", () => {
  it("goes along from passage to passage", () => {
    const { follower, tabs, now } = page();
    tabs({ passage: "summary" });
    expect(now()).toBeNull();
    follower.follow(grace);
    expect(now()).toEqual({ ...grace, here: true, passage: "summary", index: null });
    tabs({ passage: "whys/1/answer" });
    expect(now()?.passage).toBe("whys/1/answer");
    follower.stop();
    tabs({ passage: "summary" });
    expect(now()).toBeNull();
  });

  it("knows when they write nowhere, are away, and are back", () => {
    const { follower, tabs, now } = page();
    tabs({ passage: null });
    follower.follow(grace);
    expect(now()).toMatchObject({ here: true, passage: null });
    tabs();
    expect(now()).toMatchObject({ here: false, passage: null });
    tabs({ passage: "summary" });
    expect(now()).toMatchObject({ here: true, passage: "summary" });
  });

  it("knows where their caret stands, also after somebody wrote before it", () => {
    const { doc, follower, tabs, now } = page();
    const text = doc.getText("summary");
    text.insert(0, "one two");
    const head = Y.createRelativePositionFromTypeIndex(text, 4);
    tabs({ passage: "summary", cursor: { head: JSON.parse(JSON.stringify(head)) } });
    follower.follow(grace);
    expect(now()?.index).toBe(4);
    text.insert(0, "zero ");
    follower.look();
    expect(now()?.index).toBe(9);
  });

  it("passes over places that make no sense", () => {
    const { follower, tabs, now } = page();
    for (const head of [7, "x", {}, { type: {}, item: { client: "?" } }]) {
      tabs({ passage: "summary", cursor: { head } });
      follower.follow(grace);
      expect(now()).toMatchObject({ passage: "summary", index: null });
    }
  });

  it("looks at the tab that was entered last", () => {
    expect(nextPassage([], ["a"], null)).toBe("a");
    expect(nextPassage(["a"], ["a", "b"], "a")).toBe("b");
    expect(nextPassage(["a", "b"], ["b", "a"], "b")).toBe("b");
    expect(nextPassage(["a", "b"], ["a"], "b")).toBe("a");
    expect(nextPassage(["a"], [], "a")).toBeNull();
  });
});
