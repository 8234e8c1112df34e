/** The way around: down the left side, or along the bottom on narrow screens. */
import { Link, type LinkProps } from "@tanstack/react-router";
import { useMe } from "../domain/me";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/iconPaths";
import { Kbd } from "../ui/Kbd";
import { Mark } from "../ui/Mark";
import styles from "./Rail.module.css";

interface Place {
  to: NonNullable<LinkProps["to"]>;
  word: string;
  icon: IconName;
}

const PLACES: Place[] = [
  { to: "/incidents", word: "Incidents", icon: "incidents" },
  { to: "/actions", word: "Actions", icon: "actions" },
];

export function Rail({ onSearch }: { onSearch: () => void }) {
  const me = useMe();
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link to="/incidents" className={styles.brand}>
        <Mark />
        <span className={styles.word}>Second Story</span>
      </Link>
      <button type="button" className={styles.search} onClick={onSearch}>
        <Icon name="search" />
        <span className={styles.word}>Search</span>
        <span className={styles.hint} aria-hidden="true">
          <Kbd keys="mod+k" />
        </span>
      </button>
      <ul className={styles.places}>
        {PLACES.map((place) => (
          <PlaceLink key={place.word} {...place} />
        ))}
        <li className={styles.gap} />
        <PlaceLink to="/settings" word="Settings" icon="settings" />
        <li>
          <Link to="/me" className={styles.place} title="You">
            <Avatar id={me.id} name={me.name} size={18} decorative />
            <span className={styles.word}>{me.name}</span>
            <span className={styles.short}>You</span>
          </Link>
        </li>
      </ul>
    </nav>
  );
}

function PlaceLink({ to, word, icon }: Place) {
  return (
    <li>
      <Link to={to} className={styles.place} title={word}>
        <Icon name={icon} size={18} />
        <span className={styles.word}>{word}</span>
      </Link>
    </li>
  );
}
