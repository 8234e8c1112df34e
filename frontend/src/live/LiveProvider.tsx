/** Keeps the live document of one incident open while its page is on the screen. */
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { Me } from "../api/types";
import type { ChangeNotice } from "./frames";
import { LiveSession } from "./LiveSession";

interface Live {
  /** Null for the blink before it is opened. */
  session: LiveSession | null;
  /** Whether this person may write here at all. */
  canEdit: boolean;
  me: Pick<Me, "id" | "name">;
  /** Lets go of everything that is not on the server, and goes on with what is. */
  startOver: () => Promise<void>;
}

const Context = createContext<Live>({
  session: null,
  canEdit: false,
  me: { id: "", name: "" },
  startOver: async () => {},
});

interface Props {
  incidentId: string;
  canEdit: boolean;
  me: Me;
  onChange: (change: ChangeNotice) => void;
  onBack: () => void;
  children: ReactNode;
}

export function LiveProvider({ incidentId, canEdit, me, onChange, onBack, children }: Props) {
  const [session, setSession] = useState<LiveSession | null>(null);
  const [beginning, setBeginning] = useState(0);
  const handlers = useRef({ onChange, onBack });
  const { id, name } = me;

  useEffect(() => {
    handlers.current = { onChange, onBack };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: starting over opens it anew
  useEffect(() => {
    const opened = new LiveSession({
      incidentId,
      person: { id, name },
      onChange: (change) => handlers.current.onChange(change),
      onBack: () => handlers.current.onBack(),
    });
    setSession(opened);
    return () => {
      setSession(null);
      opened.destroy();
    };
  }, [incidentId, id, name, beginning]);

  useEffect(() => {
    // Nobody should see a person writing who may not write any more.
    if (!canEdit) session?.edit(null);
  }, [session, canEdit]);

  const startOver = async () => {
    await session?.copy.forget();
    setBeginning((count) => count + 1);
  };

  return <Context value={{ session, canEdit, me: { id, name }, startOver }}>{children}</Context>;
}

export function useLive(): Live {
  return useContext(Context);
}
