/** Brings an older text back, as a new edit that everybody sees at once; and takes it back again. */
import { mayWrite, useMe } from "../../../domain/me";
import { Icon } from "../../../ui/Icon";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { say, sayProblem, sayWithUndo } from "../../../ui/toasts";
import { useIncident } from "../IncidentContext";
import { useRestore } from "./api";
import type { Restoration, Version } from "./types";

interface Props {
  version: Version;
  isNewest: boolean;
  /** What the text belonged to was deleted. */
  gone: boolean;
}

export function RestoreButton({ version, isNewest, gone }: Props) {
  const { incidentKey, incident } = useIncident();
  const right = mayWrite(useMe());
  const restore = useRestore(incidentKey);
  const reason = incident.can_edit
    ? whyNot(isNewest, gone)
    : (right.reason ?? "You can read this incident.");

  const undo = ({ passage, before_seq }: Restoration) =>
    restore.mutate(
      { passage, seq: before_seq },
      { onSuccess: () => say("The text is as it was before."), onError: sayProblem },
    );
  const press = () =>
    restore.mutate(
      { passage: version.passage, seq: version.seq },
      {
        onSuccess: (restored) => {
          if (restored.seq === restored.before_seq) say("The text reads so already.");
          else sayWithUndo("The older text is back.", () => undo(restored));
        },
        onError: sayProblem,
      },
    );
  return (
    <ReasonedButton
      variant="default"
      size="xs"
      reason={reason}
      loading={restore.isPending}
      leftSection={<Icon name="retry" size={14} />}
      onClick={press}
    >
      Restore this text
    </ReasonedButton>
  );
}

function whyNot(isNewest: boolean, gone: boolean): string | undefined {
  if (gone) return "What this text belonged to was deleted. You can still read and copy it.";
  return isNewest ? "This is how the text reads now." : undefined;
}
