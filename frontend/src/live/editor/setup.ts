/** Puts the editor of one passage together. */
import { standardKeymap } from "@codemirror/commands";
import { pasteURLAsLink } from "@codemirror/lang-markdown";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { yCollab, yUndoManagerKeymap } from "y-codemirror.next";
import { cspNonce } from "../../ui/cspNonce";
import type { LiveSession } from "../LiveSession";
import { carets } from "./carets";
import { indentInList, outdentInList, toggleMark } from "./commands";
import { markdownEditing } from "./language";
import { livePreview } from "./livePreview";
import { wholeCharacters } from "./wholeCharacters";

interface Options {
  session: LiveSession;
  passage: string;
  label: string;
  hint: string;
  /** Where the caret starts; null: at the end. */
  at: number | null;
  /** The person is done, by key. */
  onFinish: () => void;
}

export function openEditor(parent: HTMLElement, options: Options): EditorView {
  const doc = options.session.text(options.passage).toString();
  const anchor = Math.min(options.at ?? doc.length, doc.length);
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc, selection: { anchor }, extensions: extensions(options) }),
  });
  view.focus();
  return view;
}

function extensions({ session, passage, label, hint, onFinish }: Options): Extension[] {
  const finish = () => {
    onFinish();
    return true;
  };
  return [
    EditorView.cspNonce.of(cspNonce()),
    Prec.high(
      keymap.of([
        { key: "Mod-Enter", run: finish },
        { key: "Escape", run: finish },
        { key: "Mod-b", run: toggleMark("**") },
        { key: "Mod-i", run: toggleMark("*") },
        { key: "Tab", run: indentInList },
        { key: "Shift-Tab", run: outdentInList },
        ...yUndoManagerKeymap,
      ]),
    ),
    markdownEditing(),
    keymap.of(standardKeymap),
    pasteURLAsLink,
    livePreview,
    wholeCharacters,
    yCollab(session.text(passage), null, { undoManager: session.undo(passage) }),
    carets(session, passage),
    placeholder(hint),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-multiline": "true",
      spellcheck: "true",
      autocapitalize: "sentences",
    }),
  ];
}
