import { expect, it } from "vitest";
import { nextStep } from "./nextStep";
import { whenWords } from "./whenWords";

const now = new Date("2026-10-05T09:00:00Z");
const started_at = "2026-10-03T12:02:00Z";

it("says when it was in words", () => {
  const ended = { started_at, mitigated_at: null, resolved_at: "2026-10-03T15:36:00Z" };
  expect(whenWords(ended, "Europe/Berlin", now)).toBe("3 Oct, 14:02–17:36, 3 h 34 min");
  const overnight = { started_at, mitigated_at: "2026-10-04T01:02:00Z", resolved_at: null };
  expect(whenWords(overnight, "UTC", now)).toBe("3 Oct, 12:02 – 4 Oct, 01:02, 13 h");
  const ongoing = { started_at, mitigated_at: null, resolved_at: null };
  expect(whenWords(ongoing, "UTC", now)).toBe("3 Oct, 12:02, for 1 d 20 h now");
});

it("names the one next step of each stage", () => {
  expect(nextStep("recap", false).words).toBe("Start writing");
  expect(nextStep("recap", true)).toMatchObject({ to: "discussion" });
  expect(nextStep("discussion", true)).toMatchObject({ to: "takeaways" });
  expect(nextStep("takeaways", true)).toMatchObject({ to: "published" });
  expect(nextStep("published", true).kind).toBe("read");
});
