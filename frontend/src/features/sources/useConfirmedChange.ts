/** A change to a source that is asked about first: what its button and its dialog need. */
import { useState } from "react";
import { useChangeSource } from "./changes";

export function useConfirmedChange(sourceId: string) {
  const change = useChangeSource(sourceId);
  const [opened, setOpened] = useState(false);
  const close = () => {
    setOpened(false);
    change.reset();
  };
  return {
    mutate: change.mutate,
    ask: () => setOpened(true),
    close,
    dialog: { opened, pending: change.isPending, error: change.error, onClose: close },
  };
}
