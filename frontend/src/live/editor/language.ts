/** Markdown for the editor, with the same grammar that the reader has. */
import {
  deleteMarkupBackward,
  insertNewlineContinueMarkup,
  markdownLanguage,
} from "@codemirror/lang-markdown";
import { Language, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import type { MarkdownParser } from "@lezer/markdown";
import styles from "./editor.module.css";

// Its data facet stays, because the commands below recognise Markdown by it.
const grammar = (markdownLanguage.parser as MarkdownParser).configure({
  remove: ["Subscript", "Superscript", "Emoji"],
});
const language = new Language(markdownLanguage.data, grammar, [], "markdown");

const looks = tagHighlighter([
  { tag: tags.strong, class: named("strong") },
  { tag: tags.emphasis, class: named("emphasis") },
  { tag: tags.strikethrough, class: named("strikethrough") },
  { tag: tags.monospace, class: named("code") },
  { tag: tags.heading, class: named("heading") },
  { tag: [tags.link, tags.url], class: named("link") },
  { tag: tags.quote, class: named("quote") },
  { tag: tags.processingInstruction, class: named("mark") },
]);

export function markdownEditing(): Extension {
  return [
    language,
    syntaxHighlighting(looks),
    keymap.of([
      { key: "Enter", run: insertNewlineContinueMarkup },
      { key: "Backspace", run: deleteMarkupBackward },
    ]),
  ];
}

function named(look: string): string {
  return styles[look] ?? "";
}
