/** What surrounds every page of whoever is signed in. */
import { Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { SectionBoundary } from "../ui/SectionBoundary";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";
import { useShellShortcuts } from "./shellShortcuts";
import { useRouteFocus } from "./useRouteFocus";

const Palette = lazy(() => import("./Palette").then((loaded) => ({ default: loaded.Palette })));
const ShortcutSheet = lazy(() =>
  import("./ShortcutSheet").then((loaded) => ({ default: loaded.ShortcutSheet })),
);

export function Shell() {
  const navigate = useNavigate();
  // Counts the wishes to see it, so that each one opens it; zero: never asked for, never loaded.
  const [paletteWishes, setPaletteWishes] = useState(0);
  const [sheetOpen, setSheetOpen] = useState(false);
  const openPalette = () => setPaletteWishes((wishes) => wishes + 1);

  useRouteFocus();
  useShellShortcuts({ openPalette, openSheet: () => setSheetOpen(true) });

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        Skip to content
      </a>
      <Rail onSearch={openPalette} />
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <SectionBoundary>
        <Suspense>
          {paletteWishes > 0 && <Palette wish={paletteWishes} navigate={navigate} />}
          {sheetOpen && <ShortcutSheet onClose={() => setSheetOpen(false)} />}
        </Suspense>
      </SectionBoundary>
    </div>
  );
}
