import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { ok, page, problem, renderApp } from "../../testApp";

const action = {
  id: "0197f0c2-0000-7000-8000-000000000002",
  key: "ACT-1",
  incident_id: "0197f0c2-0000-7000-8000-000000000003",
  incident_key: "INC-1",
  incident_title: "Blank page",
  title: "Name the datastores",
  status: "open",
  intent: "prevent",
  owner: null,
  owner_name: null,
  due_on: null,
  created_at: "2026-10-03T12:00:00Z",
};

async function choose(status: string) {
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /^Status:\s*Open/ }));
  await user.click(await screen.findByRole("menuitem", { name: status }));
}

it("changes a row at once, and back again by Undo", async () => {
  const patches: unknown[] = [];
  await renderApp("/actions", {
    "GET /actions": () => page(action),
    "PATCH /actions/ACT-1": ({ body }) => {
      patches.push(body);
      return ok({ ...action, ...(body as object) });
    },
  });
  await choose("Done");
  const toast = (await screen.findByText("ACT-1 is now done.")).closest("[role=alert]");
  expect(screen.getByRole("button", { name: /^Status:\s*Done/ })).toBeVisible();
  if (!(toast instanceof HTMLElement)) throw new Error("no toast");
  await userEvent.click(within(toast).getByRole("button", { name: "Undo" }));
  await screen.findByRole("button", { name: /^Status:\s*Open/ });
  expect(patches).toEqual([{ status: "done" }, { status: "open" }]);
});

it("puts the row back when the server does not agree, and names the request", async () => {
  await renderApp("/actions", {
    "GET /actions": () => page(action),
    "PATCH /actions/ACT-1": () => problem(409, "conflict"),
  });
  await choose("Dropped");
  expect(await screen.findByText(/req-7/)).toBeVisible();
  expect(screen.getByRole("button", { name: /^Status:\s*Open/ })).toBeVisible();
});
