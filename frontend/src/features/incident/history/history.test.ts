import { describe, expect, it } from "vitest";
import type { Takeaway, TimelineEvent, Why } from "../types";
import { passageTitle } from "./passageTitle";
import { historySearch } from "./search";
import type { Version } from "./types";
import { byDay, timeSpan, versionAt, writerNames } from "./versions";

const version = (given: Partial<Version>): Version => ({
  passage: "summary",
  seq: 9,
  previous_seq: 4,
  began_at: "2026-10-03T12:03:00Z",
  ended_at: "2026-10-03T12:09:59Z",
  writers: [{ id: "a", name: "Ada" }],
  added: 1,
  removed: 0,
  ...given,
});

describe("versions", () => {
  it("stand under the day they ended on, in the zone on show", () => {
    const late = version({ ended_at: "2026-10-03T23:30:00Z" });
    const early = version({ ended_at: "2026-10-03T01:00:00Z" });
    const names = (zone: string) => byDay([late, early], zone).map(({ name }) => name);
    expect(names("UTC")).toEqual(["Saturday, 3 October 2026"]);
    expect(names("Europe/Berlin")).toEqual(["Sunday, 4 October 2026", "Saturday, 3 October 2026"]);
  });

  it("name who wrote", () => {
    const by = (...names: string[]) =>
      writerNames({ writers: names.map((name) => ({ id: null, name })) });
    expect(by()).toBe("Went with its entry");
    expect(by("Ada")).toBe("Ada");
    expect(by("Ada", "Grace")).toBe("Ada and Grace");
    expect(by("Ada", "Grace", "Lin")).toBe("Ada, Grace and Lin");
  });

  it("say how long it took, when it did", () => {
    const span = (began_at: string, ended_at: string) => timeSpan({ began_at, ended_at }, "UTC");
    expect(span("2026-10-03T12:03:00Z", "2026-10-03T12:03:40Z")).toBe("12:03");
    expect(span("2026-10-03T12:03:00Z", "2026-10-03T12:09:00Z")).toBe("12:03 – 12:09");
    expect(span("2020-10-03T23:58:00Z", "2020-10-04T00:02:00Z")).toBe(
      "3 Oct 2020, 23:58 – 4 Oct 2020, 00:02",
    );
  });

  it("are found by any number they hold", () => {
    const versions = [version({}), version({ seq: 4, previous_seq: 0 })];
    expect(versionAt(versions, "summary", 9)?.seq).toBe(9);
    expect(versionAt(versions, "summary", 5)?.seq).toBe(9);
    expect(versionAt(versions, "summary", 4)?.seq).toBe(4);
    expect(versionAt(versions, "summary", 10)).toBeUndefined();
    expect(versionAt(versions, "other", 4)).toBeUndefined();
  });
});

describe("a text's title", () => {
  const parts = {
    events: [{ id: "e", text: "We **restarted** it." } as TimelineEvent],
    whys: [{ id: "w", question: "How did it fill up?" } as Why],
    takeaways: [{ id: "t", text: "Names matter.", kind: "learning", parked: false } as Takeaway],
  };
  const nothing = { events: undefined, whys: undefined, takeaways: undefined };

  it("says what it is and what it is about", () => {
    const words = (name: string) => {
      const { kind, about } = passageTitle(name, parts);
      return [kind, about];
    };
    expect(words("summary")).toEqual(["Summary", ""]);
    expect(words("events/e/text")).toEqual(["Event", "We restarted it."]);
    expect(words("whys/w/assumption")).toEqual(["What we assumed", "How did it fill up?"]);
    expect(words("takeaways/t/text")).toEqual(["Learning", "Names matter."]);
  });

  it("tells what was deleted from what is not read yet", () => {
    expect(passageTitle("events/x/text", parts).gone).toBe(true);
    expect(passageTitle("events/x/text", nothing)).toEqual({
      kind: "Event",
      about: "",
      gone: false,
    });
  });
});

describe("the address of a history", () => {
  it("keeps what makes sense", () => {
    expect(historySearch({ passage: "summary", seq: 3, from: 0, other: 1 })).toEqual({
      passage: "summary",
      seq: 3,
      from: 0,
    });
    expect(historySearch({ passage: "", of: 7, seq: "3", from: -1 })).toEqual({});
  });
});
