import { describe, expect, it } from "vitest";
import { asTyped, formatFilters, type Language, parseFilters } from "./language";
import { suggestions } from "./suggestions";

const language: Language = {
  sev: {
    meaning: "Severity",
    values: { 1: "worst", 2: "bad" },
    spell: (given) => given.replace(/^sev/i, ""),
  },
  kind: { meaning: "Kind", values: { near_miss: "nearly", drill: "on purpose" } },
  service: { meaning: "Service", open: true, single: true, spell: asTyped },
};

const read = (text: string) => parseFilters(language, text);

describe("the filter language", () => {
  it("takes typed filters and leaves the rest as words", () => {
    expect(read("sev:1 checkout is slow kind:drill")).toEqual({
      chips: [
        { key: "sev", value: "1" },
        { key: "kind", value: "drill" },
      ],
      words: "checkout is slow",
    });
  });

  it.each([
    ["SEV:sev2", "sev:2"],
    ["kind:near-miss", "kind:near_miss"],
    ['service:"Order desk"', 'service:"Order desk"'],
    ["sev:1 sev:2 sev:1", "sev:2 sev:1"],
    ["service:a service:b", "service:b"],
  ])("reads %s as %s", (typed, canonical) => {
    expect(formatFilters(read(typed))).toBe(canonical);
  });

  it.each([
    "sev:9",
    "10:30",
    "http://status.example",
    "service:",
    ":x",
    "toString:1",
    "kind:toString",
  ])("searches for %s, which is no filter", (typed) => {
    expect(read(typed)).toEqual({ chips: [], words: typed });
  });

  it("reads back what it writes", () => {
    const text = 'sev:1 kind:drill service:"Order desk" lost orders';
    expect(formatFilters(read(text))).toBe(text);
  });
});

describe("suggestions", () => {
  const offered = (typed: string) =>
    suggestions(language, typed, [{ key: "sev", value: "1" }]).map(({ value }) => value);

  it("offers all filters first, then what fits the word being typed", () => {
    expect(offered("")).toEqual(["sev:", "kind:", "service:"]);
    expect(offered("slow ki")).toEqual(["kind:"]);
    expect(offered("dri")).toEqual(["kind:drill"]);
  });

  it("offers only values that are not chosen yet", () => {
    expect(offered("sev:")).toEqual(["sev:2"]);
  });
});
