/** Paste a message and see what would become of it; nothing is stored. */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { usePreview } from "./api";
import { Reading } from "./Reading";
import styles from "./SourcePage.module.css";
import { SAMPLES } from "./samples";

export function PreviewPanel({ source }: { source: Source }) {
  const preview = usePreview(source.id);
  const [body, setBody] = useState("");
  const sample = SAMPLES[source.kind];
  return (
    <>
      <p className={styles.dim}>
        Paste what {source.name} sends. Nothing is stored, and its signature is not checked.
      </p>
      <Textarea
        aria-label="Message"
        className={styles.payload}
        placeholder='{"…": "…"}'
        autosize
        minRows={5}
        maxRows={18}
        spellCheck={false}
        value={body}
        onChange={(event) => {
          setBody(event.currentTarget.value);
          preview.reset();
        }}
      />
      <div className={styles.buttons}>
        <Button
          variant="default"
          disabled={body.trim() === ""}
          loading={preview.isPending}
          onClick={() => preview.mutate({ headers: { "content-type": "application/json" }, body })}
        >
          What would it become?
        </Button>
        {body === "" && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => setBody(JSON.stringify(sample, null, 2))}
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
