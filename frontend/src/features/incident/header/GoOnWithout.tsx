/** The way on from words that the server does not take: they go to the clipboard first. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useLive } from "../../../live/LiveProvider";
import { copyText } from "../../../ui/copyText";
import { say } from "../../../ui/toasts";

export function GoOnWithout({ words }: { words: string }) {
  const { startOver } = useLive();
  const [byHand, setByHand] = useState(false);
  const copied = words === "" || byHand;
  const go = async () => {
    if (!copied) {
      if (!(await copyText(words))) return setByHand(true);
      say("Your words are on the clipboard.");
    }
    await startOver();
  };
  const word = byHand ? "I have copied them, go on" : "Copy and go on without them";
  return (
    <Button size="xs" variant="default" onClick={() => void go()}>
      {words === "" ? "Go on without that" : word}
    </Button>
  );
}
