/** Fetches what writing needs while nothing else goes on, so that the first key finds it there. */
import { useEffect } from "react";

/** After the page itself has come to rest. */
const REST_MS = 1500;

const PARTS = [
  () => import("../../live/editor/PassageEditor"),
  () => import("./recap/EventComposer"),
  () => import("./takeaways/ActionComposer"),
];

export function useWarmUp(editable: boolean): void {
  useEffect(() => {
    if (!editable) return;
    const timer = setTimeout(() => {
      // Without a network now, it is asked for again when it is wanted.
      void Promise.allSettled(PARTS.map((load) => load()));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [editable]);
}
