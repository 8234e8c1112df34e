/** What surrounds the settings: their sections, beside or above. */
import { Link, type LinkProps, Outlet } from "@tanstack/react-router";
import styles from "./SettingsLayout.module.css";

const SECTIONS: { to: NonNullable<LinkProps["to"]>; word: string }[] = [
  { to: "/settings/people", word: "People" },
  { to: "/settings/sources", word: "Alert sources" },
  { to: "/settings/tokens", word: "API tokens" },
];

export function SettingsLayout() {
  return (
    <div className={styles.layout}>
      <nav className={styles.sections} aria-label="Settings">
        {SECTIONS.map(({ to, word }) => (
          <Link key={word} to={to} className={styles.section}>
            {word}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        <Outlet />
      </div>
    </div>
  );
}
