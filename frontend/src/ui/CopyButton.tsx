/** Copies a text and says so. */
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { copyText } from "./copyText";
import { Icon } from "./Icon";

type Outcome = "none" | "copied" | "refused";

const SAID_MS = 2000;
const WORDS: Record<Outcome, string> = {
  none: "Copy",
  copied: "Copied",
  refused: "Select it by hand",
};

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [outcome, setOutcome] = useState<Outcome>("none");

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
      <span aria-live="polite">{WORDS[outcome]}</span>
    </Button>
  );
}
