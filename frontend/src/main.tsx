/** Starts the page. */
import "@fontsource-variable/inter/index.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "./app/queryClient";
import { onSignOut } from "./domain/signOut";
import { clearKeptCopies } from "./live/kept/copies";
import { createAppRouter } from "./router";
import { cspNonce } from "./ui/cspNonce";
import { registry } from "./ui/keyboard/registry";
import { cssVariablesResolver, theme } from "./ui/theme";
import { sayNewVersion } from "./ui/toasts";

const PUBLIC_PAGES = ["/login", "/setup"];

const queryClient = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (PUBLIC_PAGES.includes(pathname)) return;
  void router.navigate({ to: "/login", search: { next: href } });
});
const router = createAppRouter(queryClient);
// The page's code comes while the server is asked who is signed in, rather than after.
const [firstRoutes] = router.getMatchedRoutes(router.latestLocation.pathname);
for (const route of firstRoutes) void router.loadRouteChunk(route);
const colorSchemes = localStorageColorSchemeManager({ key: "theme" });

document.addEventListener("keydown", registry.handle);
onSignOut(clearKeptCopies);
// Here rather than beside the editor: signing out clears them on pages that never loaded it, too.
// After an update, an open page asks for code that is gone.
window.addEventListener("vite:preloadError", sayNewVersion);
// Dialogs lock scrolling by a style of their own, which needs the nonce as much as Mantine's do.
setNonce(cspNonce());

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colorSchemes}
        defaultColorScheme="auto"
        getStyleNonce={cspNonce}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Notifications position="bottom-center" limit={3} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
