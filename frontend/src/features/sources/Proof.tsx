/** What proves a sender: a secret that it made is entered here, one of ours is exchanged. */
import type { Sender, Source } from "../../api/types";
import { EndSigning } from "./EndSigning";
import { EnterSecret } from "./EnterSecret";
import { MakeNewProof } from "./MakeNewProof";
import { PreviousProof } from "./PreviousProof";
import { makesSecret, proofName, takesSecret } from "./senders";

interface Props {
  source: Source;
  sender: Sender;
  /** A new one was made, which can be shown this once. */
  onMade: (secret: string | null) => void;
}

export function Proof({ source, sender, onMade }: Props) {
  // A sender that may sign is known by its address until its source has a secret.
  const what = takesSecret(sender) && !source.signed ? "address" : proofName(sender);
  return (
    <>
      {takesSecret(sender) && <EnterSecret source={source} sender={sender} />}
      {sender.signing === "optional" && source.signed && <EndSigning source={source} />}
      {!makesSecret(sender) && <MakeNewProof source={source} what={what} onMade={onMade} />}
      <PreviousProof source={source} />
    </>
  );
}
