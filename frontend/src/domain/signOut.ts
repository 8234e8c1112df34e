/** What must be cleared from this browser when somebody signs out. */

type Cleanup = () => void | Promise<void>;

const cleanups = new Set<Cleanup>();

/** Registers something to clear, such as texts kept for offline work; returns the way back. */
export function onSignOut(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
  };
}

/** Runs them all; one that does not work must not keep the others from running. */
export async function runSignOut(): Promise<void> {
  await Promise.allSettled([...cleanups].map(async (cleanup) => cleanup()));
}
