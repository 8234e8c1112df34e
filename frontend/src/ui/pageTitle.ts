/** Names the browser tab. */
import { useEffect } from "react";

const PRODUCT = "Second Story";

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`;
  }, [title]);
}
