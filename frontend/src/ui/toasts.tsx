/** Short words about what just happened, with a way back where there is one. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { explain } from "./explained";
import styles from "./toasts.module.css";

/** Long enough to read and reach for "Undo". */
const UNDO_MS = 8000;

export function say(message: string): void {
  notifications.show({ message });
}

export function sayWithUndo(message: string, undo: () => void): void {
  sayWithButton(message, "Undo", undo, UNDO_MS);
}

/** Stays until it is used: the page works on, but cannot load more of itself. */
export function sayNewVersion(): void {
  sayWithButton("A new version is ready.", "Reload", () => window.location.reload(), false);
}

function sayWithButton(message: string, word: string, use: () => void, autoClose: number | false) {
  const id = notifications.show({
    autoClose,
    message: (
      <span className={styles.line}>
        {message}
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            use();
          }}
        >
          {word}
        </Button>
      </span>
    ),
  });
}

export function sayProblem(error: unknown): void {
  const { title, detail, requestId } = explain(error);
  notifications.show({
    color: "danger",
    autoClose: UNDO_MS,
    title,
    message: [detail, requestId && `Request ${requestId}`].filter(Boolean).join(" "),
  });
}
