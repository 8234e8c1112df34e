/** A sentence that belongs to what stands around it: a hint, a caution, a good outcome. */
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import type { IconName } from "./iconPaths";
import styles from "./Notice.module.css";

type Tone = "info" | "ok" | "warn";

const ICONS: Record<Tone, IconName> = { info: "info", ok: "check", warn: "warning" };

interface Props {
  tone?: Tone;
  /** Read out at once: for what just happened. */
  alert?: boolean;
  children: ReactNode;
}

export function Notice({ tone = "info", alert = false, children }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role={alert ? "alert" : undefined}>
      <Icon name={ICONS[tone]} />
      <div>{children}</div>
    </div>
  );
}
