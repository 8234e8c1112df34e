/** Whether passages can be opened for writing now: the right to, the text, and a server that takes it. */
import { useLive } from "../LiveProvider";
import { useReady, useStopped } from "../useLiveValues";

export function useMayWrite(): boolean {
  const { canEdit } = useLive();
  const ready = useReady();
  const stopped = useStopped();
  return canEdit && ready && !stopped;
}
