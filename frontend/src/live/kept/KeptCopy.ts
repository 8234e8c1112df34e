/** The copy of the text that stays in this browser, and with it what is not on the server yet. */
import * as Y from "yjs";
import { Store } from "../store";
import { openDatabase, readRows, UNSAVED, UPDATES } from "./database";
import { addUp, isUnsaved, NOTHING, type Unsaved } from "./unsaved";

/** Others' words are on the server; only their number costs here. One's own are kept at once. */
const GATHER_MS = 500;
/** Reading this many rows is still quick; then they become one. */
const MANY_ROWS = 500;

export interface Duties {
  /** What earlier visits could not save; said before their text comes. */
  onFound: (unsaved: Unsaved) => void;
  /** What this page has not saved. */
  mine: () => Unsaved;
  /** Whether what was found has reached the server. */
  isFoundSaved: () => boolean;
}

export class KeptCopy {
  /** False: nothing is kept. The browser gives no room, or somebody signed out in another tab. */
  readonly works = new Store(true);
  private database: IDBDatabase | null = null;
  private waiting: Uint8Array[] = [];
  private rows = 0;
  private found: IDBValidKey[] = [];
  private keptUnsaved = NOTHING;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inFlight = 0;
  private closed = false;

  constructor(
    private readonly doc: Y.Doc,
    private readonly duties: Duties,
  ) {
    doc.on("update", this.changed);
    window.addEventListener("pagehide", this.write);
  }

  /** Puts what is kept into the document; a browser that keeps nothing is no reason to stop. */
  async open(name: string): Promise<void> {
    try {
      const database = await openDatabase(name);
      const { updates, unsaved } = await readRows(database);
      if (this.closed) return database.close();
      database.onclose = database.onversionchange = this.giveUp;
      this.database = database;
      this.rows = updates.length;
      this.found = [...unsaved.keys()];
      this.duties.onFound(addUp([...unsaved.values()].filter(isUnsaved)));
      this.doc.transact(() => {
        for (const update of updates) Y.applyUpdate(this.doc, update);
      }, this);
      this.write();
    } catch {
      this.giveUp();
    }
  }

  /** Brings the number of what is not saved up to date, some time soon. */
  count(): void {
    this.timer ??= setTimeout(this.write, GATHER_MS);
  }

  /** Deletes it all, also for other tabs of this person, and keeps nothing from here on. */
  async forget(): Promise<void> {
    await new Promise<void>((done) => {
      const writing = this.begin();
      if (!writing) return done();
      writing.objectStore(UPDATES).clear();
      writing.objectStore(UNSAVED).clear();
      writing.oncomplete = () => done();
      writing.onabort = () => done();
    });
    this.stop();
  }

  close(): void {
    this.write();
    this.stop();
  }

  private readonly changed = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    { local }: Y.Transaction,
  ) => {
    if (origin === this) return;
    this.waiting.push(update);
    if (!local) this.count();
    // While one commit is in flight the next keys gather: a long queue would not survive the tab.
    else if (this.inFlight === 0) this.write();
  };

  /** Text and count in one transaction, so that whoever finds one finds the other. */
  private readonly write = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    const unsaved = this.duties.mine();
    const same = unsaved.count === this.keptUnsaved.count && !this.foundIsOver;
    if (this.waiting.length === 0 && same) return;
    const writing = this.begin();
    if (!writing) return;
    this.inFlight += 1;
    writing.oncomplete = this.written;
    this.putUnsaved(writing.objectStore(UNSAVED), unsaved);
    const isWhole = this.addWaiting(writing.objectStore(UPDATES));
    // Said right away, it holds even when the tab is closed in this moment.
    if (isWhole) writing.commit();
  };

  private readonly written = (): void => {
    this.inFlight -= 1;
    if (this.inFlight === 0 && this.waiting.length > 0) this.write();
  };

  private putUnsaved(counts: IDBObjectStore, unsaved: Unsaved): void {
    if (unsaved.count > 0) counts.put(unsaved, this.doc.clientID);
    else counts.delete(this.doc.clientID);
    if (this.foundIsOver) for (const client of this.found.splice(0)) counts.delete(client);
    this.keptUnsaved = unsaved;
  }

  /** False when there is more to do, because many rows become one. */
  private addWaiting(updates: IDBObjectStore): boolean {
    if (this.waiting.length === 0) return true;
    updates.add(Y.mergeUpdates(this.waiting));
    this.waiting = [];
    this.rows += 1;
    if (this.rows <= MANY_ROWS) return true;
    this.compact(updates);
    return false;
  }

  /** In the same transaction, so that rows of another tab are neither lost nor doubled. */
  private compact(updates: IDBObjectStore): void {
    this.rows = 1;
    const reading = updates.getAll();
    reading.onsuccess = () => {
      const whole = new Y.Doc();
      for (const update of reading.result) Y.applyUpdate(whole, update);
      updates.clear();
      updates.add(Y.encodeStateAsUpdate(whole));
    };
  }

  private get foundIsOver(): boolean {
    return this.found.length > 0 && this.duties.isFoundSaved();
  }

  /** Null while there is no database: not yet, or not any more. */
  private begin(): IDBTransaction | null {
    try {
      const writing = this.database?.transaction([UPDATES, UNSAVED], "readwrite") ?? null;
      if (writing) writing.onabort = this.giveUp;
      return writing;
    } catch {
      this.giveUp();
      return null;
    }
  }

  private readonly giveUp = (): void => {
    this.stop();
    this.works.set(false);
  };

  private stop(): void {
    this.closed = true;
    clearTimeout(this.timer);
    window.removeEventListener("pagehide", this.write);
    this.doc.off("update", this.changed);
    this.database?.close();
    this.database = null;
    this.waiting = [];
  }
}
