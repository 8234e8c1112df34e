/** Everybody else who is here, when there is no room for all their faces. */
import { Menu } from "@mantine/core";
import { useLive } from "../../../live/LiveProvider";
import type { PersonHere } from "../../../live/presence/people";
import { Avatar } from "../../../ui/Avatar";
import styles from "./PeopleHere.module.css";

interface Props {
  others: readonly PersonHere[];
  hidden: number;
}

export function MorePeople({ others, hidden }: Props) {
  const { session } = useLive();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className={styles.more} aria-label={`${hidden} more people here`}>
          +{hidden}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.all}>
        <Menu.Label>Follow</Menu.Label>
        {others.map((person) => (
          <Menu.Item
            key={person.id}
            leftSection={<Avatar id={person.id} name={person.name} size={20} decorative />}
            rightSection={
              person.passages.length > 0 && <span className={styles.doing}>writing</span>
            }
            onClick={() => session?.follower.follow(person)}
          >
            {person.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
