/** What a text is called: its kind, and enough of what it is about to tell it from others. */
import { plainLine } from "../parts/plainLine";
import { GROUP_WORDS, groupOf } from "../takeaways/kinds";
import type { Takeaway, TimelineEvent, Why } from "../types";

/** A list that has not been read yet is undefined. */
export interface Parts {
  events: readonly TimelineEvent[] | undefined;
  whys: readonly Why[] | undefined;
  takeaways: readonly Takeaway[] | undefined;
}

export interface PassageTitle {
  kind: string;
  about: string;
  /** What the text belonged to was deleted. */
  gone: boolean;
}

const WHY_PARTS: Record<string, string> = {
  answer: "Answer",
  expectation: "What we expected",
  assumption: "What we assumed",
};

export function passageTitle(passage: string, parts: Parts): PassageTitle {
  const [owner = "", id = "", part = ""] = passage.split("/");
  switch (owner) {
    case "events":
      return named("Event", parts.events, id, ({ text }) => plainLine(text));
    case "whys":
      return named(WHY_PARTS[part] ?? "Why", parts.whys, id, ({ question }) => question);
    case "takeaways": {
      const takeaway = parts.takeaways?.find((each) => each.id === id);
      const kind = takeaway ? capitalised(GROUP_WORDS[groupOf(takeaway)].one) : "Takeaway";
      return named(kind, parts.takeaways, id, ({ text }) => plainLine(text));
    }
    default:
      return { kind: "Summary", about: "", gone: false };
  }
}

function named<T extends { id: string }>(
  kind: string,
  list: readonly T[] | undefined,
  id: string,
  about: (owner: T) => string,
): PassageTitle {
  const owner = list?.find((each) => each.id === id);
  if (owner) return { kind, about: about(owner), gone: false };
  const gone = list !== undefined;
  return { kind, about: gone ? "deleted since" : "", gone };
}

function capitalised(words: string): string {
  return `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;
}
