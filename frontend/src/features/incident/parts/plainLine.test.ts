import { expect, it } from "vitest";
import { plainLine } from "./plainLine";

it("leaves the words and drops the marks", () => {
  expect(plainLine("# A **bold** [link](https://e.org)\n\n- `code`\n> said")).toBe(
    "A bold link code said",
  );
  expect(plainLine("x".repeat(200))).toHaveLength(121);
});
