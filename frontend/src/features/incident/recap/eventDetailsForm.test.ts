import { expect, it } from "vitest";
import type { TimelineEvent } from "../types";
import { detailsOf, readDetails } from "./eventDetailsForm";

const zone = "UTC";
const event: TimelineEvent = {
  id: "e",
  incident_id: "i",
  kind: "effect",
  occurred_at: "2020-12-23T14:02:31Z",
  known_at: "2020-12-23T14:02:31Z",
  text: "",
  source: "person",
  author: { kind: "user", id: "u", name: "Ada" },
  account_of: null,
  account_of_name: null,
  evidence: [],
  pivot: false,
  alert_id: null,
  created_at: "2020-12-23T15:00:00Z",
  updated_at: "2020-12-23T15:00:00Z",
};
const before = detailsOf(event, zone);

it("sends only what is different, so seconds stay where nobody touched the time", () => {
  expect(readDetails(before, event, zone)).toEqual({ patch: {}, errors: {} });
  expect(readDetails({ ...before, kind: "action" }, event, zone).patch).toEqual({ kind: "action" });
});

it("takes the known time along unless it was its own", () => {
  expect(readDetails({ ...before, occurred: "13:50" }, event, zone).patch).toEqual({
    occurred_at: "2020-12-23T13:50:00.000Z",
    known_at: "2020-12-23T13:50:00.000Z",
  });
  expect(readDetails({ ...before, known: "+5m" }, event, zone).patch).toEqual({
    known_at: "2020-12-23T14:07:31.000Z",
  });
});

it("says what is no moment and what is no link", () => {
  const typed = { ...before, occurred: "soon", known: "later", evidence: ["graph"] };
  expect(Object.keys(readDetails(typed, event, zone).errors).sort()).toEqual([
    "evidence",
    "known",
    "occurred",
  ]);
});
