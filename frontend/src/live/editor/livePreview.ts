/** Hides the marks of Markdown wherever the caret is not, so that writing looks like reading. */
import { syntaxTree } from "@codemirror/language";
import type { EditorState, Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import styles from "./editor.module.css";

type Node = ReturnType<ReturnType<typeof syntaxTree>["resolve"]>;

const HIDDEN = Decoration.replace({});
const MARKS = new Set(["EmphasisMark", "StrikethroughMark", "HeaderMark", "QuoteMark", "LinkMark"]);
const LINES: Record<string, string | undefined> = {
  Blockquote: styles.quoteLine,
  FencedCode: styles.codeLine,
  CodeBlock: styles.codeLine,
};

class Bullet extends WidgetType {
  override eq(): boolean {
    return true;
  }

  toDOM(): HTMLElement {
    const bullet = document.createElement("span");
    bullet.textContent = "•";
    bullet.className = styles.bullet ?? "";
    return bullet;
  }
}

const BULLET = Decoration.replace({ widget: new Bullet() });

export const livePreview = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate) {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.selectionSet || update.focusChanged || parsed)
        this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(view: EditorView): DecorationSet {
  const { state } = view;
  const active = view.hasFocus ? activeLines(state) : new Set<number>();
  const ranges: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges)
    syntaxTree(state).iterate({
      from,
      to,
      enter: ({ node }) => {
        const look = LINES[node.name];
        if (look) ranges.push(...eachLine(state, node, look));
        if (active.has(state.doc.lineAt(node.from).number)) return;
        const range = preview(state, node);
        if (range) ranges.push(range);
      },
    });
  return Decoration.set(ranges, true);
}

/** Lines that the caret or a selection touches: there, people see exactly what is written. */
function activeLines(state: EditorState): Set<number> {
  const lines = new Set<number>();
  for (const range of state.selection.ranges) {
    const last = state.doc.lineAt(range.to).number;
    for (let line = state.doc.lineAt(range.from).number; line <= last; line++) lines.add(line);
  }
  return lines;
}

function preview(state: EditorState, node: Node): Range<Decoration> | null {
  const { name, from, to } = node;
  if (name === "ListMark" && node.parent?.parent?.name === "BulletList")
    return BULLET.range(from, to);
  if (name === "Escape") return HIDDEN.range(from, from + 1);
  if (name === "CodeMark" && node.parent?.name === "InlineCode") return HIDDEN.range(from, to);
  if (name === "URL" && node.parent?.name === "Link") return HIDDEN.range(from, to);
  if (!MARKS.has(name) || from === to) return null;
  const withSpace = name === "HeaderMark" || name === "QuoteMark";
  const space = withSpace && state.sliceDoc(to, to + 1) === " " ? 1 : 0;
  return HIDDEN.range(from, to + space);
}

function* eachLine(state: EditorState, node: Node, look: string): Generator<Range<Decoration>> {
  const last = state.doc.lineAt(node.to).number;
  for (let line = state.doc.lineAt(node.from).number; line <= last; line++)
    yield Decoration.line({ class: look }).range(state.doc.line(line).from);
}
