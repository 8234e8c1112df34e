/** The whole page in a test, at an address, with a server that answers what the test says. */
import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { vi } from "vitest";
import { createQueryClient } from "./app/queryClient";
import { createAppRouter } from "./router";
import { cssVariablesResolver, theme } from "./ui/theme";

export interface Sent {
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = (sent: Sent) => Response | Promise<Response>;
/** "POST /session" and what is answered to it. */
export type Answers = Record<string, Answer>;

export const ada = {
  kind: "user",
  id: "0197f0c2-0000-7000-8000-000000000001",
  name: "Ada",
  email: "ada@example.org",
  role: "member",
  scopes: ["incidents:read", "incidents:write", "actions:read", "actions:write"],
};

export const ok = (body: unknown, status = 200) => Response.json(body, { status });

export const page = (...items: unknown[]) => ok({ items, next_cursor: null });

export function problem(status: number, code: string, headers: HeadersInit = {}): Response {
  const body = {
    type: "",
    title: "Not now",
    status,
    code,
    detail: "",
    request_id: "req-7",
    errors: [],
  };
  return Response.json(body, { status, headers });
}

const USUAL: Answers = {
  "GET /me": () => ok(ada),
  "GET /users": () => page({ ...ada, active: true }),
  "GET /setup": () => ok({ needed: false }),
};

export async function renderApp(address: string, answers: Answers) {
  const known = { ...USUAL, ...answers };
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const name = `${request.method} ${url.pathname.replace("/api/v1", "")}`;
    const text = await request.text();
    const sent = {
      query: url.searchParams,
      body: text && JSON.parse(text),
      headers: request.headers,
    };
    const answer = known[name];
    if (!answer) throw new Error(`The test did not expect ${name}`);
    return answer(sent);
  });
  notifications.clean();
  window.history.pushState({}, "", address);
  const queryClient = createQueryClient(() => {});
  const router = createAppRouter(queryClient);
  await router.load();
  render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}
