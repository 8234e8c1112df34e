/** One incident's shared document: its text, its connection, its local copy, and who is here. */
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { ChangeNotice } from "./frames";
import { copyName } from "./kept/copies";
import { KeptCopy } from "./kept/KeptCopy";
import { Follower } from "./presence/Follower";
import { OwnAwareness } from "./presence/OwnAwareness";
import { type Announced, type PersonHere, peopleHere } from "./presence/people";
import { Store } from "./store";
import { SyncTracker } from "./sync/SyncTracker";
import { unsaved, unsavedCount, writtenUnsaved } from "./sync/syncState";

interface Options {
  incidentId: string;
  person: { id: string; name: string };
  onChange: (change: ChangeNotice) => void;
  /** There was a gap, here or between servers, in which changes may have gone by unheard. */
  onBack: () => void;
}

/** Browsers that give no local storage must not keep people from writing. */
const COPY_PATIENCE_MS = 400;

export class LiveSession {
  readonly doc = new Y.Doc();
  readonly awareness = new OwnAwareness(this.doc);
  readonly people = new Store<readonly PersonHere[]>([]);
  readonly follower = new Follower(this.people, this.awareness, this.doc);
  /** The text can be shown and written: it came from the server, or from this browser's copy. */
  readonly ready = new Store(false);
  /** The one passage that this page has open for writing, and where in it to begin. */
  readonly editing = new Store<{ passage: string; at: number | null } | null>(null);
  readonly copy: KeptCopy;
  private readonly provider: WebsocketProvider;
  private readonly tracker: SyncTracker;
  private readonly undoManagers = new Map<string, Y.UndoManager>();
  private destroyed = false;

  constructor({ incidentId, person, onChange, onBack }: Options) {
    this.provider = new WebsocketProvider(liveAddress(incidentId), "live", this.doc, {
      awareness: this.awareness,
      connect: false,
      // Between two tabs it would pass edits on that the server has not taken yet, or never may.
      disableBc: true,
    });
    const onSynced = () => this.ready.set(true);
    this.tracker = new SyncTracker(this.provider, this.doc, { onSynced, onChange, onBack });
    // After the tracker: what is kept counts the edit that it is told of.
    this.copy = new KeptCopy(this.doc, {
      onFound: (found) => this.tracker.found(found),
      mine: () => writtenUnsaved(this.sync.get()),
      isFoundSaved: () => this.sync.get().kept.count === 0,
    });
    this.sync.subscribe(this.keepUp);
    this.awareness.setLocalState({ user: person, passage: null } satisfies Announced);
    this.awareness.on("change", this.seePeople);
    void this.start(copyName(person.id, incidentId));
  }

  get sync() {
    return this.tracker.state;
  }

  text(passage: string): Y.Text {
    return this.doc.getText(passage);
  }

  /** Undoes what this tab wrote in this passage, also after its editor was closed and reopened. */
  undo(passage: string): Y.UndoManager {
    const known = this.undoManagers.get(passage) ?? new Y.UndoManager(this.text(passage));
    this.undoManagers.set(passage, known);
    return known;
  }

  /** Opens a passage for writing and closes whichever was open; the others see where. */
  edit(passage: string | null, at: number | null = null): void {
    if (passage !== null) this.follower.stop();
    this.editing.set(passage === null ? null : { passage, at });
    this.awareness.setLocalState({ ...this.awareness.getLocalState(), passage, cursor: null });
  }

  /** The words of passages with edits that are not on disk, for copying them elsewhere. */
  unsavedText(): string {
    return unsaved(this.sync.get())
      .passages.map((passage) => this.text(passage).toString().trim())
      .filter((text) => text !== "")
      .join("\n\n");
  }

  destroy(): void {
    this.destroyed = true;
    this.tracker.stop();
    this.provider.destroy();
    // After the connection, whose end is the last that there is to note.
    this.copy.close();
    for (const manager of this.undoManagers.values()) manager.destroy();
    this.doc.destroy();
  }

  /** The local copy first, so that what it holds is offered in one piece. */
  private async start(name: string): Promise<void> {
    await Promise.race([
      this.copy.open(name).then(() => this.showCopy()),
      new Promise((resolve) => setTimeout(resolve, COPY_PATIENCE_MS)),
    ]);
    if (!this.destroyed) this.tracker.connect();
  }

  private showCopy(): void {
    const isEmpty = Y.decodeStateVector(Y.encodeStateVector(this.doc)).size === 0;
    if (!isEmpty) this.ready.set(true);
  }

  private readonly keepUp = () => {
    this.copy.count();
    const state = this.sync.get();
    const mayNotSee = state.stopCode === 4403 || state.stopCode === 4404;
    // What they may not read any more should not stay in their browser; their own words do.
    if (mayNotSee && unsavedCount(state) === 0) void this.copy.forget();
  };

  /** Carets move all the time; only who is here, and where, is news for the page. */
  private readonly seePeople = () => {
    const people = peopleHere(this.awareness.getStates().values());
    if (JSON.stringify(people) !== JSON.stringify(this.people.get())) this.people.set(people);
    this.follower.look();
  };
}

function liveAddress(incidentId: string): string {
  const { protocol, host } = window.location;
  const scheme = protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${host}/api/v1/incidents/${incidentId}`;
}
