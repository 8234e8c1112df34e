/** What the sender's words and numbers for severity mean here. */
import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { Sender, Severity, Source } from "../../api/types";
import { SEVERITIES, SEVERITY_WORDS } from "../../domain/severity";
import { Markdown } from "../../live/markdown/Markdown";
import { ErrorNote } from "../../ui/ErrorNote";
import { LeavingGuard } from "../../ui/LeavingGuard";
import { say } from "../../ui/toasts";
import { deliveriesQuery } from "./api";
import { useChangeSource } from "./changes";
import { word } from "./mapping";
import { SavedMeanwhile } from "./SavedMeanwhile";
import styles from "./SourcePage.module.css";
import { notYet, toForm, toMap, wordsHeard } from "./severities";
import { Trial } from "./Trial";
import { useSaved } from "./useSaved";
import { WordList } from "./WordList";

const CHOICES = SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] }));

interface Props {
  source: Source;
  sender: Sender | undefined;
}

export function SeverityMapEditor({ source, sender }: Props) {
  const change = useChangeSource(source.id);
  const came = useInfiniteQuery(deliveriesQuery(source.id)).data?.pages.flatMap(
    ({ items }) => items,
  );
  const form = useForm({ initialValues: toForm(source.severity_map) });
  const { clashes, takeSaved } = useSaved(form, source.severity_map, toForm);
  const { words } = form.values;
  const heard = notYet(wordsHeard(came ?? []), words);
  const add = (theirs: string, ours: Severity) => form.insertListItem("words", word(theirs, ours));
  const submit = form.onSubmit((values) =>
    change.mutate(
      { severity_map: toMap(values.words) },
      {
        onSuccess: () => {
          form.resetDirty(values);
          say("Saved. The next message is read with these words.");
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className={styles.mapping}>
      <div className={styles.small}>
        {sender && <Markdown source={`What this sender gives: ${sender.severities}.`} />}
        Usual words and numbers are understood: critical, page and P1 are Sev 1, error and high Sev
        2, warning Sev 3, low Sev 4, info Sev 5. Say here where a word means something else to you.
        Without any word it is {SEVERITY_WORDS[source.default_severity]}.
      </div>
      <WordList
        legend="Their words"
        words={words}
        choices={CHOICES}
        onChange={(next) => form.setFieldValue("words", next)}
        onAdd={() => add("", "sev1")}
      />
      {heard.length > 0 && (
        <div className={styles.buttons}>
          <span className={styles.hint}>Heard from it:</span>
          {heard.map(({ word: theirs, means }) => (
            <Button
              key={theirs}
              size="xs"
              variant="default"
              onClick={() => add(theirs, means ?? source.default_severity)}
            >
              {theirs} → {means ? SEVERITY_WORDS[means] : "not known"}
            </Button>
          ))}
        </div>
      )}
      {clashes && !change.isPending && <SavedMeanwhile onTake={takeSaved} />}
      <ErrorNote error={change.error} />
      <div className={styles.buttons}>
        <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
          Save words
        </Button>
      </div>
      {form.isDirty() && (
        <Trial source={source} what="These words" settings={{ severity_map: toMap(words) }} />
      )}
      <LeavingGuard unsaved={form.isDirty()} />
    </form>
  );
}
