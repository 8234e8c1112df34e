/** Gives the focus back to where it was when this came onto the page. */
import { useEffect, useState } from "react";

export function useReturnFocus(): void {
  // Read while rendering: a panel takes the focus as soon as it stands.
  const [origin] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (origin instanceof HTMLElement && origin.isConnected) setTimeout(() => origin.focus());
    },
    [origin],
  );
}
