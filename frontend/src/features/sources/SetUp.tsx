/** How to set this sender up: its steps, the exact address, what to paste, and what proves it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Sender, Source } from "../../api/types";
import { Markdown } from "../../live/markdown/Markdown";
import { CopyBlock } from "../../ui/CopyBlock";
import { Proof } from "./Proof";
import { SendTest } from "./SendTest";
import styles from "./SourcePage.module.css";
import { filled, fullAddress, proofName, unwrapped } from "./senders";
import { forgetSecret, keepSecret, keptSecret } from "./shownOnce";

/** A new secret stands above the steps, and the button that made it below them. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "center" });

export function SetUp({ source, sender }: { source: Source; sender: Sender }) {
  const [secret, setSecret] = useState(() => keptSecret(source.id));
  // Decided once: the first message must not fold it away under the reader's eyes.
  const [unfolded] = useState(source.last_delivery_at === null || secret !== null);
  const address = fullAddress(source);
  const made = (fresh: string | null) => {
    keepSecret(source.id, fresh);
    setSecret(fresh);
  };
  const seen = () => {
    forgetSecret(source.id);
    setSecret(null);
  };
  return (
    <>
      <CopyBlock text={address} what="address" label="Address" />
      {secret && (
        <div key={secret} ref={intoView} className={styles.secret}>
          <p>
            <strong>{proofName(sender) === "routing key" ? "Routing key" : "Secret"}</strong>. This
            is the only time it can be seen.
          </p>
          <CopyBlock text={secret} what="secret" />
          <div className={styles.buttons}>
            <Button onClick={seen}>I have copied it</Button>
          </div>
        </div>
      )}
      <details className={styles.guide} open={unfolded}>
        <summary>How to set up {sender.label}</summary>
        <div className={styles.steps}>
          <Markdown source={filled(unwrapped(sender.steps), address, secret)} />
          {sender.snippet && (
            <CopyBlock
              text={filled(sender.snippet.trimEnd(), address, secret)}
              what="snippet"
              label={SNIPPETS[sender.language] ?? "To paste"}
            />
          )}
        </div>
      </details>
      <SendTest source={source} sender={sender} secret={secret} />
      <Proof source={source} sender={sender} onMade={made} />
    </>
  );
}

const SNIPPETS: Readonly<Record<string, string>> = {
  yaml: "To paste, YAML",
  json: "To paste, JSON",
  shell: "To try in a terminal",
};
