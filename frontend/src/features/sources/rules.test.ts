import { expect, it } from "vitest";
import type { Rules } from "../../api/types";
import { labelsProblem, minutesProblem, sentences, toForm, toRules } from "./rules";

const USUAL: Rules = {
  open_at_or_above: null,
  only_services: [],
  only_labels: {},
  attach_within_minutes: null,
  note_only: false,
  on_resolve: "add_event",
};
const FULL: Rules = {
  open_at_or_above: "sev2",
  only_services: ["checkout", "payments-*"],
  only_labels: { team: ["payments", "orders"], tier: ["1"] },
  attach_within_minutes: 30,
  note_only: false,
  on_resolve: "resolve_incident",
};

it("reads as a person would say it", () => {
  expect(sentences(USUAL)).toEqual([
    "Open an incident for alerts of any severity.",
    "Each of them opens an incident of its own.",
    "When an alert resolves, only note it in the timeline.",
  ]);
  expect(sentences(FULL)).toEqual([
    "Open an incident for alerts of Sev 2 or worse, only of checkout or payments-*, with team payments or orders or with tier 1.",
    "Within 30 minutes of the last alert, add to an open incident of the same service instead.",
    "When the last alert of an incident resolves, mark the incident resolved; open it again if one comes back.",
  ]);
  expect(sentences({ ...FULL, note_only: true })).toEqual([
    "List every alert, and open no incident.",
  ]);
  expect(sentences({ ...USUAL, attach_within_minutes: 120 })[1]).toMatch(/^Within 2 hours/);
});

it("comes back from the form as it went in", () => {
  for (const rules of [USUAL, FULL, { ...FULL, note_only: true }])
    expect(toRules(toForm(rules))).toEqual(rules);
});

it("forgets services and labels when all alerts are meant", () => {
  const form = { ...toForm(FULL), whose: "all" as const };
  expect(toRules(form)).toMatchObject({ only_services: [], only_labels: {} });
});

it("says what is missing", () => {
  const form = { ...toForm(USUAL), whose: "some" as const };
  expect(labelsProblem(form)).toMatch(/Name a service/);
  expect(labelsProblem({ ...form, labels: ["payments"] })).toMatch(/needs a name/);
  expect(labelsProblem({ ...form, labels: ["team=payments"] })).toBeNull();
  expect(labelsProblem({ ...form, does: "note" })).toBeNull();
  const attaching = { ...form, attaches: true };
  expect(minutesProblem({ ...attaching, minutes: "" })).toMatch(/whole number/);
  expect(minutesProblem({ ...attaching, minutes: 15 })).toBeNull();
});
