/** What the toolbar and its keys do to the text. */
import { indentLess, indentMore } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import { type ChangeSpec, EditorSelection, type EditorState } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";

/** Puts a mark around the selection, or takes it away again: `**`, `*`, `` ` ``. */
export function toggleMark(mark: string): Command {
  return (view) => {
    view.dispatch(
      view.state.changeByRange(({ from, to }) => {
        const size = mark.length;
        const around =
          view.state.sliceDoc(from - size, from) === mark &&
          view.state.sliceDoc(to, to + size) === mark;
        const changes: ChangeSpec = around
          ? [
              { from: from - size, to: from },
              { from: to, to: to + size },
            ]
          : [
              { from, insert: mark },
              { from: to, insert: mark },
            ];
        const shift = around ? -size : size;
        return { changes, range: EditorSelection.range(from + shift, to + shift) };
      }),
      { userEvent: "input", scrollIntoView: true },
    );
    return true;
  };
}

/** Puts a mark before each selected line, or takes it away from all: `- `, `> `. */
export function toggleLines(mark: string): Command {
  return (view) => {
    const lines = selectedLines(view);
    const marked = lines.every(({ text }) => text.startsWith(mark));
    const changes = lines.map(({ from }) =>
      marked ? { from, to: from + mark.length } : { from, insert: mark },
    );
    // Mapped so that a caret at the start of its line stays behind the new mark.
    const change = view.state.changes(changes);
    view.dispatch({
      changes: change,
      selection: view.state.selection.map(change, 1),
      userEvent: "input",
    });
    return true;
  };
}

/** Makes the selected words a link, with the caret where the address goes. */
export const insertLink: Command = (view) => {
  const { from, to } = view.state.selection.main;
  const words = view.state.sliceDoc(from, to) || "words";
  const insert = `[${words}](https://)`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length - 1 },
    userEvent: "input",
  });
  return true;
};

/** Tab leaves the editor everywhere but in lists, where it makes a point deeper. */
export const indentInList: Command = (view) => inList(view.state) && indentMore(view);
export const outdentInList: Command = (view) => inList(view.state) && indentLess(view);

function inList(state: EditorState): boolean {
  const line = state.doc.lineAt(state.selection.main.head);
  const start = line.from + (/\S/.exec(line.text)?.index ?? 0);
  for (let node = syntaxTree(state).resolveInner(start, 1); node.parent; node = node.parent)
    if (node.name === "ListItem") return true;
  return false;
}

function selectedLines(view: EditorView) {
  const { doc, selection } = view.state;
  const [first, last] = [
    doc.lineAt(selection.main.from).number,
    doc.lineAt(selection.main.to).number,
  ];
  return Array.from({ length: last - first + 1 }, (_, index) => doc.line(first + index));
}
