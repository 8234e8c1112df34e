/** Reads again what belongs to no alert yet, once the mapping or the rules are right. */
import { Button, Menu } from "@mantine/core";
import { ErrorNote } from "../../ui/ErrorNote";
import { Icon } from "../../ui/Icon";
import { useReplayUndecided } from "./changes";
import styles from "./Deliveries.module.css";
import { REACHES, replayWords, since } from "./replays";

export function ReplayMenu({ sourceId }: { sourceId: string }) {
  const replay = useReplayUndecided(sourceId);
  return (
    <div className={styles.replay}>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="default"
            loading={replay.isPending}
            leftSection={<Icon name="retry" />}
            rightSection={<Icon name="chevronDown" size={12} />}
          >
            Replay what belongs to no alert
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {REACHES.map(({ word, span }) => (
            <Menu.Item key={word} onClick={() => replay.mutate(since(span))}>
              {word}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span role="status" className={styles.told}>
        {replay.data && replayWords(replay.data)}
      </span>
      <ErrorNote error={replay.error} />
    </div>
  );
}
