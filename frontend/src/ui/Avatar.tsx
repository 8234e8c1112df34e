/** A person as initials on a colour of their own, the same one everywhere. */
import styles from "./Avatar.module.css";
import { initials, personColour } from "./person";

interface Props {
  /** What the colour is drawn from; the name, when there is no id. */
  id?: string | null | undefined;
  name: string;
  size?: number;
  /** The name stands beside it already, so readers need not hear it twice. */
  decorative?: boolean;
}

export function Avatar({ id, name, size = 20, decorative = false }: Props) {
  const style = {
    width: size,
    height: size,
    fontSize: size * 0.42,
    background: personColour(id ?? name),
  };
  const letters = initials(name);
  if (decorative)
    return (
      <span className={styles.avatar} style={style} aria-hidden="true">
        {letters}
      </span>
    );
  return (
    <span className={styles.avatar} style={style} role="img" aria-label={name} title={name}>
      {letters}
    </span>
  );
}
