/** One token: what it may do, how long, and when it was last used. */
import { Button } from "@mantine/core";
import type { Token } from "../../api/types";
import { TimeText } from "../../ui/time/TimeText";
import { SCOPE_WORDS } from "./scopes";
import styles from "./TokensPage.module.css";

export function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const expired = token.expires_at !== null && Date.parse(token.expires_at) < Date.now();
  const over = token.revoked_at !== null || expired;
  return (
    <li className={styles.token} data-over={over}>
      <div className={styles.about}>
        <div className={styles.name}>
          {token.name}
          {token.owner && <span className={styles.owner}>{token.owner.name}</span>}
        </div>
        <ul className={styles.scopes} aria-label="It may">
          {token.scopes.map((scope) => (
            <li key={scope} title={SCOPE_WORDS[scope]}>
              <code>{scope}</code>
            </li>
          ))}
        </ul>
      </div>
      <dl className={styles.times}>
        <div>
          <dt>Last used</dt>
          <dd>
            {token.last_used_at ? <TimeText at={token.last_used_at} form="relative" /> : "Never"}
          </dd>
        </div>
        <div>
          <dt>{token.revoked_at ? "Revoked" : expired ? "Expired" : "Expires"}</dt>
          <dd>
            <End token={token} />
          </dd>
        </div>
      </dl>
      {over ? (
        <span />
      ) : (
        <Button
          variant="default"
          color="danger"
          onClick={onRevoke}
          aria-label={`Revoke ${token.name}`}
        >
          Revoke
        </Button>
      )}
    </li>
  );
}

function End({ token }: { token: Token }) {
  const at = token.revoked_at ?? token.expires_at;
  return at ? <TimeText at={at} form="date" /> : "Never";
}
