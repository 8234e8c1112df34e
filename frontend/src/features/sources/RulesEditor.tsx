/** What becomes of the alerts of a sender: read as sentences, changed in place. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { Icon } from "../../ui/Icon";
import styles from "./Rules.module.css";
import { RulesForm } from "./RulesForm";
import { sentences } from "./rules";

export function RulesEditor({ source }: { source: Source }) {
  const [changing, setChanging] = useState(false);
  if (changing) return <RulesForm source={source} onClose={() => setChanging(false)} />;
  return (
    <div className={styles.read}>
      <ul className={styles.sentences}>
        {sentences(source.rules).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Button
        variant="default"
        leftSection={<Icon name="edit" />}
        onClick={() => setChanging(true)}
      >
        Change the rules
      </Button>
    </div>
  );
}
