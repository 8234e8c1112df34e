/** Pausing, naming and removing a sender. */
import { ActionIcon, Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Icon } from "../../ui/Icon";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { sayProblem } from "../../ui/toasts";
import { useChangeSource, useRemoveSource } from "./changes";
import { EditSource } from "./EditSource";

type Dialog = "none" | "edit" | "remove";

export function SourceControls({
  source,
  reason,
}: {
  source: Source;
  reason?: string | undefined;
}) {
  const navigate = useNavigate();
  const change = useChangeSource(source.id);
  const remove = useRemoveSource();
  const [dialog, setDialog] = useState<Dialog>("none");
  const close = () => {
    setDialog("none");
    remove.reset();
  };
  return (
    <>
      <ReasonedButton
        variant="default"
        reason={reason}
        loading={change.isPending}
        leftSection={<Icon name={source.active ? "pause" : "play"} />}
        onClick={() => change.mutate({ active: !source.active }, { onError: sayProblem })}
      >
        {source.active ? "Pause" : "Resume"}
      </ReasonedButton>
      {reason === undefined && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label="More">
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Icon name="edit" />} onClick={() => setDialog("edit")}>
              Name and severity
            </Menu.Item>
            <Menu.Item
              color="danger"
              leftSection={<Icon name="trash" />}
              onClick={() => setDialog("remove")}
            >
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === "edit" && <EditSource source={source} onClose={close} />}
      <ConfirmDialog
        opened={dialog === "remove"}
        title={`Remove “${source.name}”?`}
        confirm="Remove source"
        pending={remove.isPending}
        error={remove.error}
        onClose={close}
        onConfirm={() =>
          remove.mutate(source.id, { onSuccess: () => void navigate({ to: "/settings/sources" }) })
        }
      >
        Its address stops answering. Incidents and timelines that came from it stay.
      </ConfirmDialog>
    </>
  );
}
