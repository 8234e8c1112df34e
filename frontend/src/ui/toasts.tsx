/** Short words about what just happened, with a way back where there is one. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { explain } from "./explained";

/** Long enough to read and reach for "Undo". */
const UNDO_MS = 8000;

export function say(message: string): void {
  notifications.show({ message });
}

export function sayWithUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <span
        style={{ display: "flex", alignItems: "center", justifyContent: "space-between", gap: 12 }}
      >
        {message}
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
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
