/** A link out of the page, shown by the place it leads to. */
import { Icon } from "../../../ui/Icon";
import styles from "./OutsideLink.module.css";

export function OutsideLink({ href }: { href: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={styles.link}
      title={href}
    >
      <Icon name="external" size={12} />
      {shortened(href)}
    </a>
  );
}

function shortened(href: string): string {
  const { host, pathname } = new URL(href);
  const last = pathname.split("/").filter(Boolean).at(-1);
  return last ? `${host}/…/${last}`.replace(/\/…\/(.{24}).+/, "/…/$1…") : host;
}
