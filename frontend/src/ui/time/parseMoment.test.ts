import { describe, expect, it } from "vitest";
import { parseMoment } from "./parseMoment";

const zone = "Europe/Berlin";
const now = new Date("2026-10-03T12:30:00Z");
const read = (typed: string, base?: Date) => {
  const reading = parseMoment(typed, { zone, now, ...(base ? { base } : {}) });
  return reading.kind === "moment" ? reading.at.toISOString() : reading.kind;
};

describe("parseMoment", () => {
  it.each([
    ["now", "2026-10-03T12:30:00.000Z"],
    ["14:02", "2026-10-03T12:02:00.000Z"],
    ["9.15", "2026-10-03T07:15:00.000Z"],
    ["2:05 pm", "2026-10-03T12:05:00.000Z"],
    ["12:10 am", "2026-10-02T22:10:00.000Z"],
    ["yesterday 23:10", "2026-10-02T21:10:00.000Z"],
    ["Today, 08:00", "2026-10-03T06:00:00.000Z"],
    ["1 Sept 14:02", "2026-09-01T12:02:00.000Z"],
    ["23 December 2020, 14:02", "2020-12-23T13:02:00.000Z"],
    ["2020-12-23 14:02", "2020-12-23T13:02:00.000Z"],
    ["2020-12-23T14:02:00Z", "2020-12-23T14:02:00.000Z"],
    ["2020-12-23T14:02+05:30", "2020-12-23T08:32:00.000Z"],
    ["10 min ago", "2026-10-03T12:20:00.000Z"],
    ["-2h", "2026-10-03T10:30:00.000Z"],
  ])("reads %s", (typed, expected) => {
    expect(read(typed)).toBe(expected);
  });

  it("counts +5m from the given base", () => {
    expect(read("+5m", new Date("2026-10-03T10:00:00Z"))).toBe("2026-10-03T10:05:00.000Z");
  });

  it("puts a bare time on the day of what is being told", () => {
    const reading = parseMoment("14:02", { zone, now, day: new Date("2020-12-23T10:00:00Z") });
    expect(reading).toEqual({ kind: "moment", at: new Date("2020-12-23T13:02:00Z") });
  });

  it.each(["", "soon", "25:00", "14:75", "30 Feb 14:02", "13:00 pm", "2020-13-01 10:00"])(
    "does not guess at %j",
    (typed) => {
      expect(read(typed)).toBe("unread");
    },
  );

  it("asks about an hour that came twice", () => {
    expect(parseMoment("25 Oct 02:30", { zone, now })).toEqual({
      kind: "twice",
      earlier: new Date("2026-10-25T00:30:00Z"),
      later: new Date("2026-10-25T01:30:00Z"),
    });
  });

  it("says when clocks skipped the time", () => {
    expect(read("29 Mar 02:30")).toBe("skipped");
  });
});
