import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { ada, ok, page, problem, renderApp, type Sent } from "../../testApp";

it("teaches how incidents begin while there are none", async () => {
  await renderApp("/incidents", { "GET /incidents": () => page() });
  expect(await screen.findByText(/starts with one sentence/)).toBeVisible();
});

it("turns typed filters into the server's, and offers to take them away", async () => {
  const asked: URLSearchParams[] = [];
  const router = await renderApp("/incidents?q=sev:1", {
    "GET /incidents": ({ query }) => {
      asked.push(query);
      return page();
    },
  });
  const user = userEvent.setup();
  await user.type(
    await screen.findByLabelText("Filter incidents"),
    "facilitator:me lost orders{Enter}",
  );
  await screen.findByText("No incident matches");
  expect(router.state.location.search).toEqual({ q: "sev:1 facilitator:me lost orders" });
  expect(asked.at(-1)?.toString()).toBe(
    new URLSearchParams({ severity: "sev1", facilitator: ada.id, q: "lost orders" }).toString(),
  );
  const [, inTheMiddle] = screen.getAllByRole("button", { name: "Remove sev:1" });
  if (inTheMiddle) await user.click(inTheMiddle);
  expect(router.state.location.search).toEqual({ q: "facilitator:me lost orders" });
});

it("keeps the words of a new incident that could not be sent, and sends it once", async () => {
  const sent: Sent[] = [];
  const router = await renderApp("/incidents/new", {
    "GET /incidents": () => page(),
    "POST /incidents": (request) => {
      sent.push(request);
      return sent.length === 1 ? problem(503, "unavailable") : ok({ key: "INC-7" }, 201);
    },
    "GET /incidents/INC-7": () => problem(404, "not_found"),
  });
  const user = userEvent.setup();
  const field = await screen.findByLabelText("What did people notice?");
  await user.type(field, "The lift stopped");
  await user.click(screen.getByRole("button", { name: "Open incident" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("req-7");
  expect(field).toHaveValue("The lift stopped");

  await user.click(screen.getByRole("button", { name: "Open incident" }));
  await expect.poll(() => router.state.location.pathname).toBe("/i/INC-7");
  const [first, second] = sent.map(({ headers }) => headers.get("Idempotency-Key"));
  expect(first).toBeTruthy();
  expect(second).toBe(first);
});
