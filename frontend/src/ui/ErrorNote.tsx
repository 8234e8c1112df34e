/** The same words as ErrorState, on one line beside the form that they belong to. */
import { explain } from "./explained";
import { Icon } from "./Icon";
import styles from "./states.module.css";

export function ErrorNote({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, detail, requestId } = explain(error);
  return (
    <div className={styles.note} role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title}.</strong> {detail}
        {requestId && (
          <div className={styles.request}>
            Request <code>{requestId}</code>
          </div>
        )}
      </div>
    </div>
  );
}
