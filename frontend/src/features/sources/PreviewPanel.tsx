/** Paste a message and see what would become of it; nothing is stored. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { deliveriesQuery } from "./api";
import { usePreview } from "./changes";
import { JSON_HEADERS, MessageField } from "./MessageField";
import { pretty } from "./pretty";
import { Reading } from "./Reading";
import styles from "./SourcePage.module.css";
import { SAMPLES } from "./samples";

interface Tried {
  headers: Record<string, string>;
  body: string;
}

const NOTHING: Tried = { headers: JSON_HEADERS, body: "" };

export function PreviewPanel({ source }: { source: Source }) {
  const preview = usePreview(source.id);
  const [tried, setTried] = useState(NOTHING);
  const newest = useInfiniteQuery(deliveriesQuery(source.id)).data?.pages[0]?.items[0];
  const sample = SAMPLES[source.kind];
  const take = (next: Tried) => {
    setTried(next);
    preview.reset();
  };
  return (
    <>
      <p className={styles.dim}>
        Paste what {source.name} sends, and see what would become of it and why. Nothing is stored,
        and its signature is not checked.
      </p>
      <MessageField
        label="Message"
        value={tried.body}
        onChange={(body) => take({ ...tried, body })}
      />
      <div className={styles.buttons}>
        <Button
          variant="default"
          disabled={tried.body.trim() === ""}
          loading={preview.isPending}
          onClick={() => preview.mutate(tried)}
        >
          What would it become?
        </Button>
        {newest && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => take({ headers: newest.headers, body: pretty(newest.body) })}
          >
            Take the newest message
          </Button>
        )}
        {!newest && sample && tried.body === "" && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => take({ ...NOTHING, body: JSON.stringify(sample, null, 2) })}
          >
            Take a sample
          </Button>
        )}
      </div>
      <ErrorNote error={preview.error} />
      <div aria-live="polite">{preview.data && <Reading {...preview.data} />}</div>
    </>
  );
}
