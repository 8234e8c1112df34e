/** Making a token: what for, what it may do, for how long. */
import { Button, Checkbox, Modal, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { beyondFields, isProblem } from "../../api/problem";
import type { Me, Scope, TokenCreated } from "../../api/types";
import { ErrorNote } from "../../ui/ErrorNote";
import { useMakeToken } from "./api";
import { EXPIRIES, expiryDate, offeredScopes, SCOPE_WORDS, USUAL_EXPIRY } from "./scopes";
import styles from "./TokensPage.module.css";

interface Props {
  me: Me;
  onMade: (token: TokenCreated) => void;
  onClose: () => void;
}

export function MakeToken({ me, onMade, onClose }: Props) {
  const make = useMakeToken();
  const form = useForm({
    initialValues: { name: "", scopes: ["incidents:read"] as Scope[], expiry: USUAL_EXPIRY },
    validate: {
      name: (name) => (name.trim() ? null : "Where it is used, so that you know it again."),
      scopes: (scopes) => (scopes.length > 0 ? null : "Choose at least one."),
    },
  });
  const submit = form.onSubmit(({ name, scopes, expiry }) =>
    make.mutate(
      { name, scopes, expires_at: expiryDate(expiry) },
      {
        onSuccess: onMade,
        onError: (error) => {
          if (isProblem(error)) form.setErrors(error.byField());
        },
      },
    ),
  );
  return (
    <Modal opened onClose={onClose} title="New token" size={480}>
      <form onSubmit={submit} className={styles.form} noValidate>
        <TextInput
          label="What is it for?"
          placeholder="Status dashboard"
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Checkbox.Group
          label="It may"
          classNames={{ label: styles.legend }}
          {...form.getInputProps("scopes")}
        >
          <div className={styles.choices}>
            {offeredScopes(me).map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={SCOPE_WORDS[scope]}
                description={<code>{scope}</code>}
              />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label="Expires"
          data={EXPIRIES}
          description={
            form.values.expiry === "never" ? "A token that never ends is easily forgotten." : null
          }
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("expiry")}
        />
        <ErrorNote error={beyondFields(make.error, Object.keys(form.values))} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make token
          </Button>
        </div>
      </form>
    </Modal>
  );
}
