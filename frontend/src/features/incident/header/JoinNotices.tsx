/** For those who hear the page: who joined, politely, and never all at once. */
import { useEffect, useRef, useState } from "react";
import { useLive } from "../../../live/LiveProvider";
import { Joins } from "../../../live/presence/joins";
import { usePeopleHere, useSync } from "../../../live/useLiveValues";

export function JoinNotices() {
  const { me } = useLive();
  const people = usePeopleHere();
  const { kind } = useSync();
  const connected = kind === "saved" || kind === "saving" || kind === "read_only";
  const joins = useRef(new Joins());
  const [said, setSaid] = useState("");

  useEffect(() => {
    if (connected) joins.current.see(people, me.id);
    else joins.current.forget();
    const wait = joins.current.wait(performance.now());
    if (wait === null) return;
    const timer = setTimeout(() => setSaid(joins.current.say(performance.now()) ?? ""), wait);
    return () => clearTimeout(timer);
  }, [people, connected, me.id]);

  return (
    <span className="visually-hidden" role="status">
      {said}
    </span>
  );
}
