import { expect, it } from "vitest";
import type { Delivery } from "../../api/types";
import { word } from "./mapping";
import { notYet, toMap, wordsHeard } from "./severities";

const delivery = (...said: [string | null, string | null][]) =>
  ({
    signals: said.map(([severity_raw, severity]) => ({ severity_raw, severity })),
  }) as Delivery;

it("collects the words that came, each once, whatever their case", () => {
  const came = [
    delivery(["page", "sev1"], [null, "sev3"]),
    delivery(["Page", "sev1"], ["P9", null]),
  ];
  expect(wordsHeard(came)).toEqual([
    { word: "page", means: "sev1" },
    { word: "P9", means: null },
  ]);
});

it("offers what is not said yet, and sends what is", () => {
  const words = [word("PAGE ", "sev1"), word(" ", "sev2")];
  expect(notYet([{ word: "page" }, { word: "p9" }], words)).toEqual([{ word: "p9" }]);
  expect(toMap(words)).toEqual({ PAGE: "sev1" });
});
