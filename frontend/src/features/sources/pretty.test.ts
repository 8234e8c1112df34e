import { expect, it } from "vitest";
import { pretty } from "./pretty";

it("indents JSON as usual, strings untouched", () => {
  const value = { a: [1, { b: 'x, {y}: "z"' }], none: {}, list: [], "d e": null };
  expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(pretty(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
});

it("keeps numbers that are too long for JavaScript", () => {
  expect(pretty('{"updatedAt":1603881223000000123}')).toBe(
    '{\n  "updatedAt": 1603881223000000123\n}',
  );
});

it("leaves anything else as it came", () => {
  expect(pretty("state=down&id=7")).toBe("state=down&id=7");
});
