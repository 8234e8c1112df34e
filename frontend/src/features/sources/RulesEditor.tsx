/** What becomes of the alerts of a sender: read as sentences, changed in place. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { Icon } from "../../ui/Icon";
import styles from "./Rules.module.css";
import { RulesForm } from "./RulesForm";
import { sentences } from "./rules";

interface Props {
  source: Source;
  mayChange: boolean;
}

export function RulesEditor({ source, mayChange }: Props) {
  const [form, setForm] = useState<"fresh" | "open" | "closed">("fresh");
  if (form === "open") return <RulesForm source={source} onClose={() => setForm("closed")} />;
  return (
    <div className={styles.read}>
      <ul className={styles.sentences}>
        {sentences(source.rules).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {mayChange && (
        <Button
          variant="default"
          leftSection={<Icon name="edit" />}
          // The form had the focus, and is gone.
          autoFocus={form === "closed"}
          onClick={() => setForm("open")}
        >
          Change the rules
        </Button>
      )}
    </div>
  );
}
