/** Who has this incident open now; those who join are named politely, never all at once. */
import { useEffect, useRef, useState } from "react";
import { useLive } from "../../../live/LiveProvider";
import { Joins } from "../../../live/presence/joins";
import { usePeopleHere, useSync } from "../../../live/useLiveValues";
import { Avatar } from "../../../ui/Avatar";
import styles from "./PeopleHere.module.css";

const MOST_SHOWN = 5;

export function PeopleHere() {
  const { me } = useLive();
  const people = usePeopleHere();
  const others = people.filter(({ id }) => id !== me.id);
  const shown = [...people.filter(({ id }) => id === me.id), ...others].slice(0, MOST_SHOWN);
  const more = people.length - shown.length;
  return (
    <>
      <ul className={styles.people} aria-label="Here now">
        {shown.map(({ id, name, passages }) => (
          <li
            key={id}
            className={styles.person}
            data-writing={passages.length > 0 || undefined}
            title={id === me.id ? `${name} (you)` : passages.length > 0 ? `${name}, writing` : name}
          >
            <Avatar id={id} name={name} size={24} decorative />
            <span className="visually-hidden">{id === me.id ? `${name}, you` : name}</span>
          </li>
        ))}
        {more > 0 && <li className={styles.more}>+{more}</li>}
      </ul>
      <JoinNotices />
    </>
  );
}

/** For those who hear the page. */
function JoinNotices() {
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
