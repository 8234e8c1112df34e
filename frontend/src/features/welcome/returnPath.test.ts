import { expect, it } from "vitest";
import { safeReturnPath } from "./returnPath";
import { setupToken } from "./setupToken";

it.each([
  ["/i/INC-42?tz=utc#recap", "/i/INC-42?tz=utc#recap"],
  ["/actions?q=owner%3Ame", "/actions?q=owner%3Ame"],
  [undefined, "/incidents"],
  ["https://elsewhere.example/", "/incidents"],
  ["//elsewhere.example/", "/incidents"],
  ["/\\elsewhere.example/", "/incidents"],
  ["javascript:alert(1)", "/incidents"],
])("after signing in, %s leads to %s", (next, path) => {
  expect(safeReturnPath(next)).toBe(path);
});

it.each([
  ["#token=abc_1", "abc_1"],
  ["token=abc_1", "abc_1"],
  ["#abc_1", "abc_1"],
  ["", ""],
])("reads the set-up token of %j", (fragment, token) => {
  expect(setupToken(fragment)).toBe(token);
});
