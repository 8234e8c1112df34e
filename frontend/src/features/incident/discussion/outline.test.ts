import { describe, expect, it } from "vitest";
import { deeper, linked, type Move, shallower, shifted, unlinked } from "./moves";
import { buildOutline, mayCause, type OutlineWhy } from "./outline";

/** "a>b,c" is a why `a` with the causes `b` and `c`; positions follow the order given. */
function graph(...lines: string[]): OutlineWhy[] {
  const whys = lines.map((line, position) => {
    const [id = "", causes = ""] = line.split(">");
    return { id, causes: causes ? causes.split(",") : [], position };
  });
  return whys.map((why) => ({
    ...why,
    effects: whys.filter(({ causes }) => causes.includes(why.id)).map(({ id }) => id),
  }));
}

function drawn(whys: readonly OutlineWhy[]): string[] {
  return buildOutline(whys).map(
    (row) => `${"  ".repeat(row.depth)}${row.reference ? `(${row.id})` : row.id}`,
  );
}

function rowOf(whys: readonly OutlineWhy[], ...path: string[]) {
  const row = buildOutline(whys).find((each) => each.path.join() === path.join());
  if (!row) throw new Error(`no row ${path}`);
  return row;
}

function moved(whys: readonly OutlineWhy[], moves: Move[] | null): string[] {
  const patched = whys.map((why) => ({
    ...why,
    ...Object.assign({}, ...(moves ?? []).filter(({ id }) => id === why.id).map((m) => m.patch)),
  }));
  return drawn(patched);
}

const tree = graph("a>b,c", "b>d", "c", "d", "e");

describe("the outline", () => {
  it("tells questions in order, causes below them", () => {
    expect(drawn(tree)).toEqual(["a", "  b", "    d", "  c", "e"]);
    expect(rowOf(tree, "a", "b", "d").number).toBe("1.1.1");
  });

  it("tells a why with several effects once, and names it elsewhere", () => {
    const shared = graph("a>b,c", "b>d", "c>d", "d>e", "e");
    expect(drawn(shared)).toEqual(["a", "  b", "    d", "      e", "  c", "    (d)"]);
  });

  it("leaves out causes that are gone", () => {
    expect(drawn(graph("a>gone"))).toEqual(["a"]);
  });
});

describe("moving in the outline", () => {
  it("goes one deeper, below the row before", () => {
    expect(moved(tree, deeper(tree, rowOf(tree, "a", "c")))).toEqual([
      "a",
      "  b",
      "    d",
      "    c",
      "e",
    ]);
    expect(moved(tree, deeper(tree, rowOf(tree, "e")))).toEqual([
      "a",
      "  b",
      "    d",
      "  c",
      "  e",
    ]);
    expect(deeper(tree, rowOf(tree, "a"))).toBeNull();
  });

  it("goes one up, beside the row it stood below", () => {
    expect(moved(tree, shallower(tree, rowOf(tree, "a", "b", "d")))).toEqual([
      "a",
      "  b",
      "  d",
      "  c",
      "e",
    ]);
    expect(moved(tree, shallower(tree, rowOf(tree, "a", "c")))).toEqual([
      "a",
      "  b",
      "    d",
      "c",
      "e",
    ]);
    expect(shallower(tree, rowOf(tree, "a"))).toBeNull();
  });

  it("changes places with its neighbour, at the top too", () => {
    expect(moved(tree, shifted(tree, rowOf(tree, "a", "c"), -1))).toEqual([
      "a",
      "  c",
      "  b",
      "    d",
      "e",
    ]);
    expect(moved(tree, shifted(tree, rowOf(tree, "a"), 1))).toEqual([
      "e",
      "a",
      "  b",
      "    d",
      "  c",
    ]);
    expect(shifted(tree, rowOf(tree, "e"), 1)).toBeNull();
    const level = tree.map((why) => ({ ...why, position: 0 }));
    expect(moved(level, shifted(level, rowOf(level, "a"), 1))[0]).toBe("e");
  });

  it("links and unlinks, but never in a circle", () => {
    expect(moved(tree, linked(tree, "e", "d"))).toEqual(["a", "  b", "    d", "  c", "e", "  (d)"]);
    expect(linked(tree, "d", "a")).toBeNull();
    expect(mayCause(tree, "d", "d")).toBe(false);
    expect(mayCause(tree, "a", "b")).toBe(false);
    expect(moved(tree, unlinked(tree, "a", "c"))).toEqual(["a", "  b", "    d", "c", "e"]);
  });
});
