/** The one time that a token can be seen. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { TokenCreated } from "../../api/types";
import { CopyBlock } from "../../ui/CopyBlock";
import { LeavingGuard } from "../../ui/LeavingGuard";
import styles from "./TokensPage.module.css";

export function NewToken({ token, onDone }: { token: TokenCreated; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const example = `curl ${window.location.origin}/api/v1/me -H "Authorization: Bearer ${token.token}"`;
  return (
    <section className={styles.fresh} aria-labelledby="new-token">
      <h2 id="new-token" ref={heading} tabIndex={-1}>
        “{token.name}” is ready
      </h2>
      <p>This is the only time it can be seen. Copy it to where it will be used.</p>
      <CopyBlock text={token.token} what="token" label="Token" />
      <CopyBlock text={example} what="command" label="Try it" />
      <div className={styles.buttons}>
        <Button onClick={onDone}>I have copied it</Button>
      </div>
      <LeavingGuard
        unsaved
        title="Leave without copying the token?"
        detail="It cannot be seen again after this."
      />
    </section>
  );
}
