/** Every key that works on this page, in one sheet. */
import { Modal, Switch } from "@mantine/core";
import { Kbd } from "../ui/Kbd";
import { singleKeys, useRegisteredShortcuts } from "../ui/keyboard/registry";
import { useStoredChoice } from "../ui/storedChoice";
import styles from "./ShortcutSheet.module.css";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = useRegisteredShortcuts();
  const [single, setSingle] = useStoredChoice(singleKeys);
  // The page's own groups first: that is what people came to look up.
  const groups = [...new Set([...shortcuts].reverse().map((each) => each.group))];
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size={640}>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={styles.group}>{group}</h3>
            <dl className={styles.list}>
              {shortcuts
                .filter((each) => each.group === group)
                .map((each) => (
                  <div key={each.keys + each.label} className={styles.row}>
                    <dt>{each.label}</dt>
                    <dd>
                      <Kbd keys={each.keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        className={styles.switch}
        label="Single keys such as C and J"
        description="Keys with Ctrl, ⌘ or Alt always work."
        checked={single === "on"}
        onChange={(event) => setSingle(event.currentTarget.checked ? "on" : "off")}
      />
    </Modal>
  );
}
