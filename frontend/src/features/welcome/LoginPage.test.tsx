import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { ada, ok, page, problem, renderApp } from "../../testApp";

async function signIn() {
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Email"), "ada@example.org");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

it("brings people back to where they were going", async () => {
  let signedIn = false;
  const router = await renderApp("/actions?q=owner%3Ame", {
    "GET /me": () => (signedIn ? ok(ada) : problem(401, "unauthenticated")),
    "POST /session": () => {
      signedIn = true;
      return ok(ada, 201);
    },
    "GET /actions": () => page(),
  });
  expect(router.state.location.pathname).toBe("/login");
  await signIn();
  await screen.findByRole("heading", { name: "Actions" });
  expect(router.state.location.search).toEqual({ q: "owner:me" });
});

it("is kind about a wrong password and keeps what was typed", async () => {
  await renderApp("/login", { "POST /session": () => problem(401, "wrong_credentials") });
  await signIn();
  expect(await screen.findByRole("alert")).toHaveTextContent("do not go together");
  expect(screen.getByLabelText("Email")).toHaveValue("ada@example.org");
});

it("says how long to wait after many tries", async () => {
  await renderApp("/login", {
    "POST /session": () => problem(429, "too_many_attempts", { "Retry-After": "42" }),
  });
  await signIn();
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("again in 42 s"));
  expect(screen.getByRole("button", { name: "Sign in" })).toBeDisabled();
});
