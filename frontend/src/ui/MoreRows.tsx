/** The end of a paged list: loads on when it comes into view, and offers a button all the same. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { ErrorNote } from "./ErrorNote";
import styles from "./MoreRows.module.css";

interface Props {
  hasMore: boolean;
  loading: boolean;
  error: unknown;
  onMore: () => void;
}

/** Starts loading this far before the end is reached. */
const AHEAD = "400px";

export function MoreRows({ hasMore, loading, error, onMore }: Props) {
  const end = useRef<HTMLDivElement>(null);
  const wanted = hasMore && !loading && !error;

  useEffect(() => {
    if (!wanted || !end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) onMore();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [wanted, onMore]);

  return (
    <div ref={end} className={styles.end}>
      <ErrorNote error={error} />
      {hasMore && (
        <Button variant="subtle" color="gray" loading={loading} onClick={onMore}>
          {error ? "Try again" : "More"}
        </Button>
      )}
    </div>
  );
}
