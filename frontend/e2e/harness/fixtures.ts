/** What every test starts from: a running backend, and people who are signed in to it. */
import {
  type Browser,
  type BrowserContext,
  test as base,
  chromium,
  expect,
  type Page,
} from "@playwright/test";
import { Api, type Row } from "./api";
import { ADMIN, Backend } from "./backend";
import { Cable } from "./cable";

export type Person = "ada" | "grace" | "vera";

const PASSWORD = "a long enough password";
const PEOPLE: Record<Exclude<Person, "ada">, { name: string; role: string }> = {
  grace: { name: "Grace", role: "member" },
  vera: { name: "Vera", role: "viewer" },
};

/** Somebody at a browser. */
export interface Seat {
  page: Page;
  context: BrowserContext;
  cable: Cable;
}

interface OfWorker {
  backend: Backend;
  people: Record<Person, Api>;
}

/** Somebody of whom no other test knows, so that anything may be done to them. */
export interface Newcomer {
  id: string;
  name: string;
  email: string;
  password: string;
  api: Api;
}

interface SeatOptions {
  width?: number;
  colorScheme?: "light" | "dark";
  /** A browser of one's own, instead of the one that all tests share. */
  browser?: Browser;
}

interface OfTest {
  /** Opens a browser of this person's own, on a cable of its own. */
  seat: (person: Person | Newcomer, options?: SeatOptions) => Promise<Seat>;
  /** A fresh incident to work on. */
  incident: Row;
  newcomer: Newcomer;
  /** A browser that can end as they do when a machine loses power. */
  mortal: { browser: Browser; kill: () => void };
}

export const test = base.extend<OfTest, OfWorker>({
  backend: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern, this needs nothing of it
    async ({}, use) => {
      const backend = await Backend.start({ setUp: true });
      await use(backend);
      await backend.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],

  people: [
    async ({ backend }, use) => {
      const ada = await Api.signIn(backend.url, ADMIN.email, ADMIN.password);
      await ada.patch("/me", { name: ADMIN.name });
      const others = await Promise.all(
        Object.entries(PEOPLE).map(async ([person, { name, role }]) => {
          const email = `${person}@example.org`;
          await ada.post("/users", { email, name, role, password: PASSWORD });
          return [person, await Api.signIn(backend.url, email, PASSWORD)] as const;
        }),
      );
      await use({ ada, ...Object.fromEntries(others) } as Record<Person, Api>);
    },
    { scope: "worker", timeout: 90_000 },
  ],

  incident: async ({ people }, use) => {
    await use(
      await people.ada.post("/incidents", {
        title: "Checkout answered with an error page",
        severity: "sev2",
        started_at: "2026-10-03T12:02:00Z",
        services: ["checkout"],
      }),
    );
  },

  newcomer: async ({ backend, people }, use) => {
    const email = `${crypto.randomUUID()}@example.org`;
    const name = "Linus";
    const { id } = await people.ada.post("/users", {
      email,
      name,
      role: "member",
      password: PASSWORD,
    });
    const api = await Api.signIn(backend.url, email, PASSWORD);
    await use({ id, name, email, password: PASSWORD, api });
  },

  mortal: async ({ launchOptions }, use) => {
    const server = await chromium.launchServer(launchOptions);
    const { pid = 0 } = server.process();
    const browser = await chromium.connect(server.wsEndpoint());
    let alive = true;
    const kill = () => {
      alive = false;
      // It leads a group of its own, with all its helpers.
      process.kill(-pid, "SIGKILL");
    };
    await use({ browser, kill });
    if (alive) await server.close();
  },

  seat: async ({ browser, backend, people }, use) => {
    const taken: Seat[] = [];
    await use(async (person, options = {}) => {
      const { width = 1280, colorScheme = "light" } = options;
      const cable = await Cable.to(backend.url);
      const context = await (options.browser ?? browser).newContext({
        baseURL: cable.url,
        viewport: { width, height: 900 },
        colorScheme,
        hasTouch: width < 768,
      });
      const api = typeof person === "string" ? people[person] : person.api;
      await context.addCookies([api.sessionFor(cable.url)]);
      context.on("page", watchForTrouble);
      const page = await context.newPage();
      const seat = { page, context, cable };
      taken.push(seat);
      return seat;
    });
    for (const { context, cable } of taken) {
      await context.close().catch(() => {});
      await cable.remove();
    }
  },
});

export { expect };

/** A page that throws, or that breaks its own content policy, has not passed. */
function watchForTrouble(page: Page): void {
  page.on("pageerror", (error) => {
    throw error;
  });
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) throw new Error(message.text());
  });
}
