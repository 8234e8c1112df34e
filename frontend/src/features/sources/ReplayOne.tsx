/** Reads one message again with the settings of now. */
import { Button } from "@mantine/core";
import type { Delivery } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { Icon } from "../../ui/Icon";
import { TimeText } from "../../ui/time/TimeText";
import { useReplay } from "./changes";
import styles from "./Deliveries.module.css";

interface Props {
  sourceId: string;
  delivery: Delivery;
}

export function ReplayOne({ sourceId, delivery }: Props) {
  const replay = useReplay(sourceId);
  return (
    <div className={styles.replay}>
      <Button
        size="xs"
        variant="default"
        loading={replay.isPending}
        leftSection={<Icon name="retry" size={14} />}
        onClick={() => replay.mutate(delivery.id)}
      >
        Replay
      </Button>
      <span role="status" className={styles.told}>
        {delivery.replayed_at ? (
          <>
            Last read <TimeText at={delivery.replayed_at} form="relative" />
          </>
        ) : (
          "Reads it again with the settings of now. It opens an incident at most once."
        )}
      </span>
      <ErrorNote error={replay.error} />
    </div>
  );
}
