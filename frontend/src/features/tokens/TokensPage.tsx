/** API tokens: for scripts and dashboards that do what people do here. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Token, TokenCreated } from "../../api/types";
import { useMe } from "../../domain/me";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/Loaded";
import { PageHeader } from "../../ui/PageHeader";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { tokensQuery, useRevokeToken } from "./api";
import { MakeToken } from "./MakeToken";
import { NewToken } from "./NewToken";
import { offeredScopes } from "./scopes";
import { TokenRow } from "./TokenRow";
import styles from "./TokensPage.module.css";

export function TokensPage() {
  const tokens = useQuery(tokensQuery);
  const me = useMe();
  const revoke = useRevokeToken();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<TokenCreated | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const closeRevoking = () => {
    setRevoking(null);
    revoke.reset();
  };
  const reason = offeredScopes(me).length > 0 ? undefined : "Your role cannot hand on any rights.";
  const make = (
    <ReasonedButton
      leftSection={<Icon name="plus" />}
      reason={reason}
      onClick={() => setMaking(true)}
    >
      New token
    </ReasonedButton>
  );

  return (
    <>
      <PageHeader
        title="API tokens"
        lead="For scripts and dashboards. A token can do some of what you can, until it expires or is revoked."
        actions={make}
      />
      {made && <NewToken token={made} onDone={() => setMade(null)} />}
      <Loaded query={tokens} label="Loading tokens" rows={3}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title="No tokens yet">
              Everything this page does, a script can do too. Make a token, then send it as{" "}
              <code>Authorization: Bearer sst_…</code>
            </EmptyState>
          ) : (
            <ul className={styles.tokens}>
              {list.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && (
        <MakeToken
          me={me}
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      )}
      <ConfirmDialog
        opened={revoking !== null}
        title={`Revoke “${revoking?.name ?? ""}”?`}
        confirm="Revoke token"
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking.id, { onSuccess: closeRevoking })}
        onClose={closeRevoking}
      >
        Whatever uses it stops working at once. This cannot be taken back; a new token can be made.
      </ConfirmDialog>
    </>
  );
}
