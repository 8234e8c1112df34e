/** One's own account and how the page behaves in this browser. */
import { Button, Switch } from "@mantine/core";
import { useMe } from "../../domain/me";
import { Avatar } from "../../ui/Avatar";
import { ErrorNote } from "../../ui/ErrorNote";
import { Icon } from "../../ui/Icon";
import { Kbd } from "../../ui/Kbd";
import { singleKeys } from "../../ui/keyboard/registry";
import { PageHeader } from "../../ui/PageHeader";
import { useStoredChoice } from "../../ui/storedChoice";
import { ThemeSwitch } from "../../ui/ThemeSwitch";
import { useSignOut } from "./api";
import styles from "./MePage.module.css";
import { NameForm } from "./NameForm";
import { PasswordForm } from "./PasswordForm";

export function MePage() {
  const me = useMe();
  const [single, setSingle] = useStoredChoice(singleKeys);
  return (
    <div className={styles.page}>
      <PageHeader title="You" />
      <div className={styles.who}>
        <Avatar id={me.id} name={me.name} size={44} decorative />
        <div>
          <div className={styles.name}>{me.name}</div>
          <div className={styles.dim}>{me.email}</div>
        </div>
      </div>
      <section className={styles.section}>
        <h2>Name</h2>
        <NameForm name={me.name} />
      </section>
      <section className={styles.section}>
        <h2>Password</h2>
        <PasswordForm email={me.email} />
      </section>
      <section className={styles.section}>
        <h2>This browser</h2>
        <div className={styles.choice}>
          <span>Theme</span>
          <ThemeSwitch />
        </div>
        <Switch
          label="Single-key shortcuts"
          description={
            <>
              Such as <Kbd keys="c" /> for a new incident. <Kbd keys="?" /> shows them all.
            </>
          }
          checked={single === "on"}
          onChange={(event) => setSingle(event.currentTarget.checked ? "on" : "off")}
        />
      </section>
      <SignOut />
    </div>
  );
}

function SignOut() {
  const signOut = useSignOut();
  return (
    <section className={styles.section}>
      <h2>Sign out</h2>
      <p className={styles.dim}>Also clears texts that this browser keeps for working offline.</p>
      <ErrorNote error={signOut.error} />
      <Button
        variant="default"
        leftSection={<Icon name="signOut" />}
        loading={signOut.isPending}
        // Loaded afresh, so that nothing of this person stays in memory.
        onClick={() =>
          signOut.mutate(undefined, { onSuccess: () => window.location.assign("/login") })
        }
      >
        Sign out
      </Button>
    </section>
  );
}
