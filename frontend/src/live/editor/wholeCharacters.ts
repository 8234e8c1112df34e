/** Keeps edits from parting an emoji: Yjs would put replacement marks where its halves were. */
import {
  type ChangeSpec,
  EditorState,
  type Extension,
  type Text,
  Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { ySyncAnnotation } from "y-codemirror.next";

/** The editor finds what was typed by comparing characters of 16 bits; 😀 and 😁 share the first. */
export const wholeCharacters: Extension = EditorState.transactionFilter.of((transaction) =>
  // What others wrote is whole already, and has to be taken as it is.
  transaction.docChanged && transaction.annotation(ySyncAnnotation) === undefined
    ? widened(transaction)
    : transaction,
);

function widened(transaction: Transaction): Transaction | TransactionSpec {
  const before = transaction.startState.doc;
  const changes: ChangeSpec[] = [];
  let isParted = false;
  transaction.changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
    const head = parts(before, from) ? before.sliceString(from - 1, from) : "";
    const tail = parts(before, to) ? before.sliceString(to, to + 1) : "";
    isParted ||= head + tail !== "";
    changes.push({
      from: from - head.length,
      to: to + tail.length,
      insert: head + inserted.toString() + tail,
    });
  });
  if (!isParted) return transaction;
  // The document after it is the same, so positions in it are, too.
  return {
    changes,
    selection: transaction.newSelection,
    effects: transaction.effects,
    scrollIntoView: transaction.scrollIntoView,
    userEvent: transaction.annotation(Transaction.userEvent),
  };
}

function parts(doc: Text, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(doc.sliceString(at - 1, at + 1));
}
