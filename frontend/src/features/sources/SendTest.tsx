/** Sends a harmless message to the source's own address, and says what happened. */
import type { Sender, Source } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { Notice } from "../../ui/Notice";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { useSendTest } from "./changes";
import styles from "./SourcePage.module.css";
import { testBody, VERDICTS, type Verdict } from "./testMessage";

const TONES = {
  taken: "ok",
  refused: "info",
  opens: "warn",
  lost: "warn",
} as const satisfies Record<Verdict, string>;

interface Props {
  source: Source;
  sender: Sender;
  secret: string | null;
}

export function SendTest({ source, sender, secret }: Props) {
  const test = useSendTest(source);
  const body = testBody(source, sender, secret);
  const reason =
    body === null
      ? "A test needs the routing key, which can be seen only right after it was made."
      : undefined;
  return (
    <div className={styles.test}>
      <div className={styles.buttons}>
        <ReasonedButton
          variant="default"
          reason={reason}
          loading={test.isPending}
          onClick={() => body && test.mutate(body)}
        >
          Send a test
        </ReasonedButton>
        <span className={styles.hint}>
          Posts a message that is about no alert to the address above. It opens nothing.
        </span>
      </div>
      <div role="status">
        {test.data && <Notice tone={TONES[test.data]}>{VERDICTS[test.data](sender.label)}</Notice>}
      </div>
      <ErrorNote error={test.error} />
    </div>
  );
}
