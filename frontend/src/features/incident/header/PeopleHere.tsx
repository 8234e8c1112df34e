/** Who has this incident open now; a press on somebody follows them. */
import { useMediaQuery } from "@mantine/hooks";
import { useLive } from "../../../live/LiveProvider";
import type { PersonHere } from "../../../live/presence/people";
import { useFollowed, usePeopleHere } from "../../../live/useLiveValues";
import { Avatar } from "../../../ui/Avatar";
import { JoinNotices } from "./JoinNotices";
import { MorePeople } from "./MorePeople";
import styles from "./PeopleHere.module.css";

const MOST_SHOWN = 5;
const MOST_ON_A_PHONE = 3;

export function PeopleHere() {
  const { me } = useLive();
  const people = usePeopleHere();
  const isPhone = useMediaQuery("(max-width: 479.98px)");
  const others = people.filter(({ id }) => id !== me.id);
  const all = [...people.filter(({ id }) => id === me.id), ...others];
  const shown = all.slice(0, isPhone ? MOST_ON_A_PHONE : MOST_SHOWN);
  return (
    <>
      <ul className={styles.people} aria-label="Here now">
        {shown.map((person) => (
          <li
            key={person.id}
            className={styles.person}
            data-writing={person.passages.length > 0 || undefined}
          >
            {person.id === me.id ? <Myself person={person} /> : <Other person={person} />}
          </li>
        ))}
        {all.length > shown.length && (
          <li>
            <MorePeople others={others} hidden={all.length - shown.length} />
          </li>
        )}
      </ul>
      <JoinNotices />
    </>
  );
}

function Myself({ person: { id, name } }: { person: PersonHere }) {
  return (
    <span className={styles.face} title={`${name} (you)`}>
      <Avatar id={id} name={name} size={24} decorative />
      <span className="visually-hidden">{name}, you</span>
    </span>
  );
}

function Other({ person }: { person: PersonHere }) {
  const { session } = useLive();
  const followed = useFollowed()?.id === person.id;
  const { id, name, passages } = person;
  const press = () => (followed ? session?.follower.stop() : session?.follower.follow(person));
  return (
    <button
      type="button"
      className={styles.face}
      aria-pressed={followed}
      title={`Follow ${name}${passages.length > 0 ? ", writing" : ""}`}
      onClick={press}
    >
      <Avatar id={id} name={name} size={24} decorative />
      <span className="visually-hidden">Follow {name}</span>
    </button>
  );
}
