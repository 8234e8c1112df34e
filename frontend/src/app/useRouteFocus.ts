/** After a navigation the new page's heading takes the focus, so that readers and keys start there. */
import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { PAGE_HEADING } from "../ui/pageHeading";

export function useRouteFocus(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged, fromLocation, toLocation }) => {
        // The first page keeps the browser's own start; a link to a heading brings its own focus.
        if (!fromLocation || !pathChanged || toLocation.hash) return;
        // A page may begin in its one field.
        if (document.activeElement?.matches("input, textarea")) return;
        const heading = document.getElementById(PAGE_HEADING) ?? document.getElementById("main");
        heading?.focus({ preventScroll: true });
      }),
    [router],
  );
}
