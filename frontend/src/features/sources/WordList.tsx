/** Lines of "their word means ours". */
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Icon } from "../../ui/Icon";
import type { Word } from "./mapping";
import styles from "./SourcePage.module.css";

interface Props<Meaning extends string> {
  legend: string;
  words: Word<Meaning>[];
  choices: { value: Meaning; label: string }[];
  onChange: (words: Word<Meaning>[]) => void;
  onAdd: () => void;
}

export function WordList<Meaning extends string>({
  legend,
  words,
  choices,
  onChange,
  onAdd,
}: Props<Meaning>) {
  const newest = useRef<HTMLInputElement>(null);
  const adder = useRef<HTMLButtonElement>(null);
  const adding = useRef(false);
  useEffect(() => {
    if (adding.current) newest.current?.focus();
    adding.current = false;
  });
  const change = (key: string, part: Partial<Word<Meaning>>) =>
    onChange(words.map((each) => (each.key === key ? { ...each, ...part } : each)));
  return (
    <fieldset className={styles.wordList}>
      <legend className={styles.legend}>{legend}</legend>
      {words.map(({ key, theirs, ours }, index) => (
        <div key={key} className={styles.word}>
          <TextInput
            ref={index === words.length - 1 ? newest : undefined}
            aria-label="Their word"
            value={theirs}
            spellCheck={false}
            onChange={(event) => change(key, { theirs: event.currentTarget.value })}
          />
          <Icon name="arrowRight" />
          <Select
            aria-label={`What ${theirs || "this word"} means`}
            data={choices}
            value={ours}
            allowDeselect={false}
            onChange={(value) => change(key, { ours: value as Meaning })}
          />
          <ActionIcon
            aria-label={`Remove ${theirs || "this line"}`}
            onClick={() => {
              adder.current?.focus();
              onChange(words.filter((each) => each.key !== key));
            }}
          >
            <Icon name="close" />
          </ActionIcon>
        </div>
      ))}
      <Button
        ref={adder}
        variant="subtle"
        color="gray"
        leftSection={<Icon name="plus" />}
        onClick={() => {
          adding.current = true;
          onAdd();
        }}
      >
        Add a word
      </Button>
    </fieldset>
  );
}
