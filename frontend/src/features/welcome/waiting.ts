/** Counts down the seconds that the server asked to wait. */
import { useEffect, useState } from "react";

export function useWaiting(error: { retryAfter: number | null } | null): number {
  const [left, setLeft] = useState(0);

  useEffect(() => {
    const wait = error?.retryAfter ?? 0;
    const until = Date.now() + wait * 1000;
    setLeft(wait);
    if (wait === 0) return;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [error]);

  return left;
}
