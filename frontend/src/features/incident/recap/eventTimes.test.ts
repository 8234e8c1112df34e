import { expect, it } from "vitest";
import { frameOf, momentOf, typedMoment } from "./eventTimes";

const zone = "Europe/Berlin";
const STARTED = "2020-12-23T13:02:00Z";

it("tells on from the last entry, on its day once it is past", () => {
  const later = frameOf(
    [STARTED, "2020-12-23T15:00:00Z"],
    STARTED,
    new Date("2020-12-28T09:00:00Z"),
  );
  expect(later.base.toISOString()).toBe("2020-12-23T15:00:00.000Z");
  expect(momentOf("16:30", { zone, ...later })).toBe("2020-12-23T15:30:00.000Z");
  expect(momentOf("+5m", { zone, ...later })).toBe("2020-12-23T15:05:00.000Z");
});

it("means today while it goes on", () => {
  expect(frameOf([], STARTED, new Date("2020-12-23T20:00:00Z")).day).toBeUndefined();
});

it("writes a moment so that it reads back the same", () => {
  expect(typedMoment(STARTED, zone)).toBe("2020-12-23 14:02");
  expect(momentOf(typedMoment(STARTED, zone), { zone })).toBe("2020-12-23T13:02:00.000Z");
});

it("tells nothing typed from something that is no moment", () => {
  expect(momentOf("  ", { zone })).toBeUndefined();
  expect(momentOf("soon", { zone })).toBeNull();
});
