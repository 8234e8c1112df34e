/** Whether passages can be opened for writing now: the right to, the text, and a server that takes it. */
import { useLive } from "../LiveProvider";
import { useReady, useStopCode } from "../useLiveValues";

export function useMayWrite(): boolean {
  const { canEdit } = useLive();
  const ready = useReady();
  const stopCode = useStopCode();
  return canEdit && ready && stopCode === null;
}
