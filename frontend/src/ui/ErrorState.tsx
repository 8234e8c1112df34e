/** Says what did not work, offers to try again, and names the request for whoever looks into it. */
import { Button } from "@mantine/core";
import { explain } from "./explained";
import { Icon } from "./Icon";
import styles from "./states.module.css";

interface Props {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

export function ErrorState({ error, onRetry }: Props) {
  const { title, detail, requestId, retriable } = explain(error);
  return (
    <div className={styles.state} role="alert">
      <span className={styles.warning}>
        <Icon name={retriable ? "warning" : "lock"} size={20} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      {detail && <p className={styles.text}>{detail}</p>}
      {onRetry && retriable && (
        <Button variant="default" onClick={onRetry} leftSection={<Icon name="retry" />}>
          Try again
        </Button>
      )}
      {requestId && retriable && (
        <p className={styles.request}>
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  );
}
