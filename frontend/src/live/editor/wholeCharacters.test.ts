import { EditorState, type TransactionSpec } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { wholeCharacters } from "./wholeCharacters";

function edit(doc: string, spec: TransactionSpec) {
  const state = EditorState.create({ doc, extensions: wholeCharacters });
  const transaction = state.update(spec);
  const changed: [string, string][] = [];
  transaction.changes.iterChanges((from, to, _from, _to, inserted) => {
    changed.push([doc.slice(from, to), inserted.toString()]);
  });
  return { text: transaction.newDoc.toString(), changed, caret: transaction.newSelection.main };
}

describe("wholeCharacters", () => {
  it("replaces an emoji as a whole where only its second half differs", () => {
    const { text, changed, caret } = edit("a😀b", {
      changes: { from: 2, to: 3, insert: "😁".slice(1) },
      selection: { anchor: 3 },
    });
    expect(text).toBe("a😁b");
    expect(changed).toEqual([["😀", "😁"]]);
    expect(caret.head).toBe(3);
  });

  it("replaces an emoji as a whole where only its first half differs", () => {
    const [thumb, flag] = ["👍🏽", "🇦🇹"];
    const parted = { from: 0, to: 1, insert: flag.slice(0, 1) };
    const { changed } = edit(thumb, { changes: parted });
    expect(changed).toEqual([[thumb.slice(0, 2), flag.slice(0, 1) + thumb.slice(1, 2)]]);
  });

  it("leaves all other edits as they are", () => {
    for (const changes of [
      { from: 1, to: 3, insert: "" },
      { from: 1, insert: "x" },
      { from: 3, insert: "😁" },
    ]) {
      const { changed } = edit("a😀b", { changes });
      expect(changed).toEqual([
        ["a😀b".slice(changes.from, changes.to ?? changes.from), changes.insert],
      ]);
    }
  });
});
