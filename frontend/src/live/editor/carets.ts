/** Carets and selections of the others, with their names for two seconds after each movement. */
import { Annotation, type Extension, type Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import * as Y from "yjs";
import { personColour } from "../../ui/person";
import type { LiveSession } from "../LiveSession";
import { passageOf, placeOf, userOf } from "../presence/people";
import { absolutePlace } from "../presence/places";
import styles from "./editor.module.css";

const othersMoved = Annotation.define<boolean>();

interface Caret {
  client: number;
  person: { id: string; name: string };
  anchor: number;
  head: number;
}

class CaretWidget extends WidgetType {
  constructor(
    private readonly caret: Caret,
    /** A new number for each movement: the new element starts its label's two seconds afresh. */
    private readonly movement: number,
  ) {
    super();
  }

  override eq(other: CaretWidget): boolean {
    return other.caret.client === this.caret.client && other.movement === this.movement;
  }

  toDOM(): HTMLElement {
    const caret = element("span", styles.caret);
    const label = element("span", styles.caretLabel);
    label.textContent = this.caret.person.name;
    // Through the CSSOM: the page's policy refuses style attributes.
    caret.style.setProperty("--person", personColour(this.caret.person.id));
    caret.append(label);
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

export function carets(session: LiveSession, passage: string): Extension {
  const text = session.text(passage);
  const { awareness } = session;

  class Carets {
    decorations: DecorationSet = Decoration.none;
    private readonly movements = new Map<number, { at: string; count: number }>();

    constructor(private readonly view: EditorView) {
      awareness.on("change", this.heard);
      this.decorations = this.draw();
    }

    update(update: ViewUpdate) {
      if (update.selectionSet || update.focusChanged || update.docChanged) announce(update.view);
      const moved = update.transactions.some((each) => each.annotation(othersMoved));
      this.decorations = moved ? this.draw() : this.decorations.map(update.changes);
    }

    destroy() {
      awareness.off("change", this.heard);
    }

    private readonly heard = ({ added, updated, removed }: Record<string, number[]>) => {
      const clients = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])];
      if (clients.some((client) => client !== session.doc.clientID))
        this.view.dispatch({ annotations: othersMoved.of(true) });
    };

    private draw(): DecorationSet {
      const length = this.view.state.doc.length;
      const ranges = theirs().flatMap((caret) => this.drawn(caret, length));
      return Decoration.set(ranges, true);
    }

    private drawn(caret: Caret, length: number): Range<Decoration>[] {
      const [head, anchor] = [Math.min(caret.head, length), Math.min(caret.anchor, length)];
      const widget = new CaretWidget(caret, this.movement(caret));
      const bar = Decoration.widget({ widget, side: head > anchor ? -1 : 1 }).range(head);
      if (head === anchor) return [bar];
      const style = `--person: ${personColour(caret.person.id)}`;
      const selection = Decoration.mark({ class: styles.theirs ?? "", attributes: { style } });
      return [selection.range(Math.min(head, anchor), Math.max(head, anchor)), bar];
    }

    private movement(caret: Caret): number {
      const at = `${caret.anchor} ${caret.head}`;
      const known = this.movements.get(caret.client) ?? { at, count: 0 };
      const now = known.at === at ? known : { at, count: known.count + 1 };
      this.movements.set(caret.client, now);
      return now.count;
    }
  }

  function announce(view: EditorView) {
    if (!view.hasFocus) return;
    const { anchor, head } = view.state.selection.main;
    const cursor = {
      anchor: Y.createRelativePositionFromTypeIndex(text, anchor),
      head: Y.createRelativePositionFromTypeIndex(text, head),
    };
    const known: unknown = awareness.getLocalState()?.cursor;
    if (JSON.stringify(known) !== JSON.stringify(cursor))
      awareness.setLocalStateField("cursor", cursor);
  }

  function theirs(): Caret[] {
    return [...awareness.getStates()].flatMap(([client, state]) => {
      const person = userOf(state);
      if (client === session.doc.clientID || !person || passageOf(state) !== passage) return [];
      const anchor = absolutePlace(placeOf(state, "anchor"), text);
      const head = absolutePlace(placeOf(state, "head"), text);
      return anchor === null || head === null ? [] : [{ client, person, anchor, head }];
    });
  }

  return ViewPlugin.fromClass(Carets, { decorations: (plugin) => plugin.decorations });
}

function element(tag: "span", className: string | undefined): HTMLElement {
  const made = document.createElement(tag);
  made.className = className ?? "";
  return made;
}
