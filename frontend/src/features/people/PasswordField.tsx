/** A first password to hand over: typed, or made up by the browser. */
import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { MIN_PASSWORD } from "../../domain/password";
import { CopyButton } from "../../ui/CopyButton";
import styles from "./PeoplePage.module.css";

// Without the letters and digits that look alike when read aloud or copied by hand.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const PER_GROUP = 4;

function madeUp(): string {
  const random = crypto.getRandomValues(new Uint32Array(GROUPS * PER_GROUP));
  const letters = Array.from(random, (number) => LETTERS[number % LETTERS.length]).join("");
  return letters.match(new RegExp(`.{${PER_GROUP}}`, "g"))?.join("-") ?? letters;
}

interface Props {
  value?: string;
  error?: ReactNode;
  onChange: (password: string) => void;
}

export function PasswordField({ value = "", error, onChange }: Props) {
  return (
    <div className={styles.handover}>
      <TextInput
        label="Password to hand over"
        description={`At least ${MIN_PASSWORD} characters. They can change it under their name.`}
        autoComplete="off"
        spellCheck={false}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value === "" ? (
        <Button variant="default" onClick={() => onChange(madeUp())}>
          Make one up
        </Button>
      ) : (
        <CopyButton text={value} what="password" />
      )}
    </div>
  );
}
