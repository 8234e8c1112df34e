import { describe, expect, it } from "vitest";
import { daysUntil, duration, offset, relative, shortMoment } from "./format";

const now = new Date("2026-10-03T12:30:00Z");

describe("duration", () => {
  it.each([
    [20_000, "under 1 min"],
    [59 * 60_000, "59 min"],
    [(3 * 60 + 34) * 60_000, "3 h 34 min"],
    [2 * 3_600_000, "2 h"],
    [50 * 3_600_000, "2 d 2 h"],
    [-5, "under 1 min"],
  ])("says %d ms as %s", (span, words) => {
    expect(duration(span)).toBe(words);
  });
});

describe("relative", () => {
  it.each([
    ["2026-10-03T12:29:30Z", "just now"],
    ["2026-10-03T12:26:00Z", "4 min ago"],
    ["2026-10-03T15:30:00Z", "in 3 h"],
    ["2026-10-02T12:30:00Z", "1 day ago"],
    ["2026-10-06T12:30:00Z", "in 3 days"],
  ])("says %s as %s", (at, words) => {
    expect(relative(new Date(at), now)).toBe(words);
  });
});

describe("shortMoment", () => {
  it("leaves out this year and names any other", () => {
    expect(shortMoment(new Date("2026-09-03T12:02:00Z"), "UTC", now)).toBe("3 Sep, 12:02");
    expect(shortMoment(new Date("2020-12-23T23:02:00Z"), "UTC", now)).toBe("23 Dec 2020, 23:02");
  });

  it("goes by the zone on show", () => {
    expect(shortMoment(new Date("2026-10-03T22:02:00Z"), "Asia/Kolkata", now)).toBe("4 Oct, 03:32");
  });
});

it("names the offset of a zone at that moment", () => {
  expect(offset(new Date("2026-07-01T00:00:00Z"), "Europe/Berlin")).toBe("UTC+2");
  expect(offset(new Date("2026-01-01T00:00:00Z"), "Europe/Berlin")).toBe("UTC+1");
});

it("counts days to a date from today, wherever the hour stands", () => {
  expect(daysUntil("2026-10-04", now)).toBe(1);
  expect(daysUntil("2026-10-03", now)).toBe(0);
  expect(daysUntil("2026-09-30", now)).toBe(-3);
});
