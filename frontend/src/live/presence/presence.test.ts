import { describe, expect, it } from "vitest";
import { Joins, QUIET_MS } from "./joins";
import { peopleHere } from "./people";

const ada = { id: "a", name: "Ada", passages: [] };
const grace = { id: "g", name: "Grace", passages: [] };
const linus = { id: "l", name: "Linus", passages: [] };

describe("who is here", () => {
  it("is one entry a person, with every passage they have open", () => {
    const people = peopleHere([
      { user: { id: "g", name: "Grace" }, passage: "summary" },
      { user: { id: "a", name: "Ada" }, passage: null },
      { user: { id: "g", name: "Grace" }, passage: "whys/1/answer" },
    ]);
    expect(people).toEqual([ada, { ...grace, passages: ["summary", "whys/1/answer"] }]);
  });

  it("passes over what makes no sense", () => {
    expect(peopleHere([null, 7, {}, { user: "x" }, { user: { id: 1, name: [] } }])).toEqual([]);
  });
});

describe("saying who joined", () => {
  it("names nobody who was here already, nor oneself", () => {
    const joins = new Joins();
    joins.see([ada, grace], "a");
    expect(joins.say(0)).toBeNull();
    joins.see([ada, grace, linus], "a");
    expect(joins.say(0)).toBe("Linus joined");
  });

  it("speaks at most once in five seconds, and then of all at once", () => {
    const joins = new Joins();
    joins.see([ada], "a");
    joins.see([ada, grace], "a");
    expect(joins.say(1000)).toBe("Grace joined");
    joins.see([ada, grace, linus], "a");
    expect(joins.say(2000)).toBeNull();
    expect(joins.wait(2000)).toBe(QUIET_MS - 1000);
    expect(joins.say(1000 + QUIET_MS)).toBe("Linus joined");
  });

  it("takes nobody for new after its own connection was gone", () => {
    const joins = new Joins();
    joins.see([grace], "a");
    joins.forget();
    joins.see([grace, linus], "a");
    expect(joins.say(0)).toBeNull();
  });

  it("welcomes back who had left", () => {
    const joins = new Joins();
    joins.see([grace], "a");
    joins.see([], "a");
    joins.see([grace], "a");
    expect(joins.say(0)).toBe("Grace joined");
  });
});
