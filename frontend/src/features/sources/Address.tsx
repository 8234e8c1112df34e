/** The exact address for the sender, its secret while that can be seen, and what to paste. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { CopyBlock } from "../../ui/CopyBlock";
import { SigningSecret } from "./SigningSecret";
import styles from "./SourcePage.module.css";
import { forgetSecret, keptSecret } from "./shownOnce";
import { fullAddress, snippets } from "./snippets";

export function Address({ source }: { source: Source }) {
  const [secret, setSecret] = useState(() => keptSecret(source.id));
  const seen = () => {
    forgetSecret(source.id);
    setSecret(null);
  };
  return (
    <>
      <CopyBlock text={fullAddress(source)} what="address" label="Address" />
      {source.kind === "pagerduty_v3" && (
        <ol className={styles.steps}>
          <li>In PagerDuty open Integrations, Generic Webhooks (v3), New Webhook.</li>
          <li>Paste the address, and choose all incident events.</li>
          <li>PagerDuty then shows a signing secret once: enter it below.</li>
        </ol>
      )}
      {secret && (
        <div className={styles.secret}>
          <p>
            <strong>{secretName(source)}</strong>. This is the only time it can be seen.
          </p>
          <CopyBlock text={secret} what="secret" />
          <div className={styles.buttons}>
            <Button onClick={seen}>I have copied it</Button>
          </div>
        </div>
      )}
      {snippets(source, secret).map(({ label, text }) => (
        <CopyBlock key={label} text={text} what={label} label={label} />
      ))}
      <SigningSecret source={source} onMade={setSecret} />
    </>
  );
}

function secretName(source: Source): string {
  return source.kind === "pagerduty_events_v2" ? "Routing key" : "Signing secret";
}
