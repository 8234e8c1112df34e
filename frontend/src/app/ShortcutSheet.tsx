/** Every key that works on this page, in one sheet. */
import { FocusTrap, Modal, Switch } from "@mantine/core";
import { Fragment } from "react";
import { Kbd } from "../ui/Kbd";
import { type Shortcut, singleKeys, useRegisteredShortcuts } from "../ui/keyboard/registry";
import { useStoredChoice } from "../ui/storedChoice";
import styles from "./ShortcutSheet.module.css";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = effective(useRegisteredShortcuts());
  const [single, setSingle] = useStoredChoice(singleKeys);
  // The page's own groups first: that is what people came to look up.
  const groups = [...new Set([...shortcuts].reverse().map((each) => each.group))];
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size={640}>
      <FocusTrap.InitialFocus />
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3 className={styles.group}>{group}</h3>
            <dl className={styles.list}>
              {rowsOf(shortcuts, group).map(({ label, keys }) => (
                <div key={label} className={styles.row}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((each, index) => (
                      <Fragment key={each}>
                        {index > 0 && " or "}
                        <Kbd keys={each} />
                      </Fragment>
                    ))}
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

/** Keys that do the same share a row. */
function rowsOf(
  shortcuts: readonly Shortcut[],
  group: string,
): { label: string; keys: string[] }[] {
  const rows = new Map<string, string[]>();
  for (const { label, keys, group: of } of shortcuts) {
    if (of === group) rows.set(label, [...(rows.get(label) ?? []), keys]);
  }
  return [...rows].map(([label, keys]) => ({ label, keys }));
}

/** Of shortcuts on the same keys, the one registered last is the one that runs. */
function effective(shortcuts: readonly Shortcut[]): Shortcut[] {
  return shortcuts.filter(
    ({ keys }, index) => !shortcuts.slice(index + 1).some((later) => later.keys === keys),
  );
}
