/** Copies a text and says so. */
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { copyText } from "./copyText";
import { Icon } from "./Icon";

type Outcome = "none" | "copied" | "refused";

const SAID_MS = 2000;

interface Props {
  text: string;
  /** What is copied, for readers: "address". */
  what: string;
  word?: string;
}

export function CopyButton({ text, what, word = "Copy" }: Props) {
  const [outcome, setOutcome] = useState<Outcome>("none");

  const words = { none: word, copied: "Copied", refused: "Select it by hand" };

  useEffect(() => {
    if (outcome === "none") return;
    const timer = setTimeout(() => setOutcome("none"), SAID_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name={outcome === "copied" ? "check" : "copy"} size={14} />}
      onClick={() =>
        void copyText(text).then((copied) => setOutcome(copied ? "copied" : "refused"))
      }
      aria-label={outcome === "none" ? `Copy ${what}` : undefined}
    >
      <span aria-live="polite">{words[outcome]}</span>
    </Button>
  );
}
