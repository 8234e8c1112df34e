/** One incident's shared document: its text, its connection, its local copy, and who is here. */
import { IndexeddbPersistence } from "y-indexeddb";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type ChangeNotice, fromBase64, NOTICE, readNotice, type SavedNotice } from "./frames";
import { copyName, deleteCopy } from "./keptCopies";
import { type Announced, type PersonHere, peopleHere } from "./presence/people";
import { Store } from "./store";
import { KeptCount } from "./sync/KeptCount";
import {
  advance,
  START,
  type SyncEvent,
  type SyncState,
  stopCode,
  unsavedCount,
  unsavedPassages,
} from "./sync/syncState";

interface Options {
  incidentId: string;
  person: { id: string; name: string };
  onChange: (change: ChangeNotice) => void;
  /** There was a gap, here or between servers, in which changes may have gone by unheard. */
  onBack: () => void;
}

const KEPT_COUNT_EVERY_MS = 500;
/** Browsers that give no local storage must not keep people from writing. */
const COPY_PATIENCE_MS = 400;
/** Confirmations come within milliseconds; after this long without one, connecting anew asks again. */
const UNCONFIRMED_MS = 30_000;
const SYNC_STEP_1 = 0;

export class LiveSession {
  readonly doc = new Y.Doc();
  readonly sync = new Store<SyncState>(START);
  readonly people = new Store<readonly PersonHere[]>([]);
  /** The text can be shown and written: it came from the server, or from this browser's copy. */
  readonly ready = new Store(false);
  /** The one passage that this page has open for writing, and where in it to begin. */
  readonly editing = new Store<{ passage: string; at: number | null } | null>(null);
  readonly provider: WebsocketProvider;
  private readonly copy: IndexeddbPersistence;
  private readonly undoManagers = new Map<string, Y.UndoManager>();
  private readonly timer: ReturnType<typeof setInterval>;
  private progressAt = performance.now();
  private readonly keptCount: KeptCount;
  private opened = 0;
  private destroyed = false;

  constructor(private readonly options: Options) {
    const { incidentId, person } = options;
    this.provider = new WebsocketProvider(liveAddress(incidentId), "live", this.doc, {
      connect: false,
      // Between two tabs it would pass edits on that the server has not taken yet, or never may.
      disableBc: true,
    });
    this.copy = new IndexeddbPersistence(copyName(person.id, incidentId), this.doc);
    this.keptCount = new KeptCount(this.copy);
    this.listen();
    this.provider.awareness.setLocalState({ user: person, passage: null } satisfies Announced);
    this.timer = setInterval(this.tick, KEPT_COUNT_EVERY_MS);
    void this.start();
  }

  text(passage: string): Y.Text {
    return this.doc.getText(passage);
  }

  /** Undoes what this person wrote in this passage, also after its editor was closed and reopened. */
  undo(passage: string): Y.UndoManager {
    const known = this.undoManagers.get(passage) ?? new Y.UndoManager(this.text(passage));
    this.undoManagers.set(passage, known);
    return known;
  }

  /** Opens a passage for writing and closes whichever was open; the others see where. */
  edit(passage: string | null, at: number | null = null): void {
    this.editing.set(passage === null ? null : { passage, at });
    const { awareness } = this.provider;
    awareness.setLocalState({ ...awareness.getLocalState(), passage, cursor: null });
  }

  /** The words of passages with edits that are not on disk, for copying them elsewhere. */
  unsavedText(): string {
    return unsavedPassages(this.sync.get())
      .map((passage) => this.text(passage).toString().trim())
      .filter((text) => text !== "")
      .join("\n\n");
  }

  async deleteCopy(): Promise<void> {
    await this.copy.destroy();
    await deleteCopy(this.copy.name);
  }

  destroy(): void {
    this.destroyed = true;
    window.removeEventListener("offline", this.goOffline);
    window.removeEventListener("online", this.goOnline);
    clearInterval(this.timer);
    this.keptCount.write(unsavedCount(this.sync.get()));
    for (const manager of this.undoManagers.values()) manager.destroy();
    this.provider.destroy();
    this.doc.destroy();
  }

  /** The local copy first, so that what it holds is offered in one piece. */
  private async start(): Promise<void> {
    await Promise.race([
      this.copy.whenSynced.then(() => this.openCopy()),
      new Promise((resolve) => setTimeout(resolve, COPY_PATIENCE_MS)),
    ]);
    if (this.destroyed) return;
    if (navigator.onLine) this.provider.connect();
    else this.apply({ type: "lost" });
  }

  private listen(): void {
    const { provider, doc } = this;
    this.listenToFrames();
    doc.on("update", this.wrote);
    provider.on("status", ({ status }) => {
      if (status === "connected") this.apply({ type: "opened" });
      if (status === "connected" && this.opened++ > 0) this.options.onBack();
      if (status === "disconnected") this.apply({ type: "lost" });
    });
    // A connection that never came about says so only here.
    provider.on("connection-close", () => this.apply({ type: "lost" }));
    provider.on("closed", ({ code }) => this.apply({ type: "stopped", code: stopCode(code) }));
    provider.on("sync", (synced: boolean) => {
      if (!synced) return;
      this.apply({ type: "synced" });
      this.ready.set(true);
    });
    provider.awareness.on("change", this.seePeople);
    window.addEventListener("offline", this.goOffline);
    window.addEventListener("online", this.goOnline);
  }

  private listenToFrames(): void {
    const handlers = this.provider.messageHandlers;
    const [sync] = handlers;
    handlers[0] = (encoder, decoder, ...rest) => {
      // Whoever is asked for what the other side lacks sends all of it in one frame.
      const asked = decoder.arr[decoder.pos] === SYNC_STEP_1;
      sync?.(encoder, decoder, ...rest);
      if (asked) this.apply({ type: "offered" });
    };
    handlers[NOTICE] = (_encoder, decoder) => {
      const notice = readNotice(decoder.arr.subarray(decoder.pos));
      if (notice?.type === "saved") this.saved(notice);
      if (notice?.type === "change") this.options.onChange(notice);
      if (notice?.type === "missed") this.options.onBack();
    };
  }

  private apply(event: SyncEvent): void {
    const before = this.sync.get();
    const after = advance(before, event);
    if (event.type !== "wrote" || unsavedCount(before) === 0) this.progressAt = performance.now();
    this.sync.set(after);
  }

  private saved(notice: SavedNotice): void {
    const clocks = Y.decodeStateVector(fromBase64(notice.state_vector));
    const clock = clocks.get(this.doc.clientID) ?? 0;
    this.apply({ type: "saved", clock, frames: notice.updates });
  }

  private readonly wrote = (
    _update: Uint8Array,
    origin: unknown,
    doc: Y.Doc,
    transaction: Y.Transaction,
  ) => {
    if (origin === this.provider) return;
    if (!transaction.local) return this.apply({ type: "relayed" });
    const clock = transaction.afterState.get(doc.clientID) ?? 0;
    const inserted = clock > (transaction.beforeState.get(doc.clientID) ?? 0);
    const passages = [...doc.share]
      .filter(([, root]) => transaction.changed.has(root as Y.AbstractType<Y.YEvent<Y.Text>>))
      .map(([name]) => name);
    this.apply({ type: "wrote", clock: inserted ? clock : null, passages });
  };

  /** Carets move all the time; only who is here, and where, is news. */
  private readonly seePeople = () => {
    const people = peopleHere(this.provider.awareness.getStates().values());
    if (JSON.stringify(people) !== JSON.stringify(this.people.get())) this.people.set(people);
  };

  private readonly goOffline = () => this.provider.disconnect();
  private readonly goOnline = () => {
    if (this.sync.get().link !== "stopped") this.provider.connect();
  };

  private async openCopy(): Promise<void> {
    const count = await this.keptCount.read();
    if (count > 0) this.apply({ type: "kept", count });
    const isEmpty = Y.decodeStateVector(Y.encodeStateVector(this.doc)).size === 0;
    if (!isEmpty) this.ready.set(true);
  }

  private readonly tick = () => {
    this.keptCount.write(unsavedCount(this.sync.get()));
    const { link } = this.sync.get();
    const waiting = unsavedCount(this.sync.get()) > 0 && link === "open";
    if (!waiting || performance.now() - this.progressAt < UNCONFIRMED_MS) return;
    this.provider.disconnect();
    this.provider.connect();
  };
}

function liveAddress(incidentId: string): string {
  const { protocol, host } = window.location;
  const scheme = protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${host}/api/v1/incidents/${incidentId}`;
}
