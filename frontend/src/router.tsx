/** Every address of the page; each page's code is loaded when it is first wanted. */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { isProblem } from "./api/problem";
import { PageBroke, PageMissing, Root } from "./app/Root";
import { Shell } from "./app/Shell";
import { meQuery } from "./domain/me";
import { historySearch } from "./features/incident/history/search";
import { incidentSearch } from "./features/incident/search";
import type { ZoneChoice } from "./ui/time/zone";

interface Context {
  queryClient: QueryClient;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

const root = createRootRouteWithContext<Context>()({
  component: Root,
  notFoundComponent: PageMissing,
  validateSearch: (search: Record<string, unknown>): { tz?: ZoneChoice | undefined } =>
    search.tz === "utc" ? { tz: "utc" } : {},
  search: { middlewares: [retainSearchParams(["tz"])] },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./features/welcome/SetupPage"), "SetupPage"),
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: text(search.next),
  }),
  component: lazyRouteComponent(() => import("./features/welcome/LoginPage"), "LoginPage"),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (isProblem(error) && error.status === 401)
        throw redirect({ to: "/login", search: { next: location.href } });
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/incidents" });
  },
});

const incidents = createRoute({
  getParentRoute: () => signedIn,
  path: "/incidents",
  validateSearch: (search: Record<string, unknown>): { q?: string | undefined } => ({
    q: text(search.q),
  }),
  component: lazyRouteComponent(
    () => import("./features/incidents/IncidentsPage"),
    "IncidentsPage",
  ),
});

const newIncident = createRoute({
  getParentRoute: () => signedIn,
  path: "/incidents/new",
  component: lazyRouteComponent(
    () => import("./features/incidents/NewIncidentPage"),
    "NewIncidentPage",
  ),
});

const incident = createRoute({
  getParentRoute: () => signedIn,
  path: "/i/$incidentKey",
  validateSearch: incidentSearch,
  component: lazyRouteComponent(() => import("./features/incident/IncidentPage"), "IncidentPage"),
});

const history = createRoute({
  getParentRoute: () => signedIn,
  path: "/i/$incidentKey/history",
  validateSearch: historySearch,
  component: lazyRouteComponent(
    () => import("./features/incident/history/HistoryPage"),
    "HistoryPage",
  ),
});

const actions = createRoute({
  getParentRoute: () => signedIn,
  path: "/actions",
  validateSearch: (
    search: Record<string, unknown>,
  ): { q?: string | undefined; action?: string | undefined } => ({
    q: text(search.q),
    action: text(search.action),
  }),
  component: lazyRouteComponent(() => import("./features/actions/ActionsPage"), "ActionsPage"),
});

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: "/settings",
  component: lazyRouteComponent(
    () => import("./features/settings/SettingsLayout"),
    "SettingsLayout",
  ),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/people" });
  },
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: lazyRouteComponent(() => import("./features/people/PeoplePage"), "PeoplePage"),
});

const tokens = createRoute({
  getParentRoute: () => settings,
  path: "/tokens",
  component: lazyRouteComponent(() => import("./features/tokens/TokensPage"), "TokensPage"),
});

const sources = createRoute({
  getParentRoute: () => settings,
  path: "/sources",
  component: lazyRouteComponent(() => import("./features/sources/SourcesPage"), "SourcesPage"),
});

const source = createRoute({
  getParentRoute: () => settings,
  path: "/sources/$sourceId",
  component: lazyRouteComponent(() => import("./features/sources/SourcePage"), "SourcePage"),
});

const me = createRoute({
  getParentRoute: () => signedIn,
  path: "/me",
  component: lazyRouteComponent(() => import("./features/me/MePage"), "MePage"),
});

const tree = root.addChildren([
  setup,
  login,
  signedIn.addChildren([
    home,
    incidents,
    newIncident,
    incident,
    history,
    actions,
    settings.addChildren([settingsHome, people, tokens, sources, source]),
    me,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageBroke,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
