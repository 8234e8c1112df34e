/** Watches the connection and the document, and keeps what the page says about saving true. */
import type { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type ChangeNotice, fromBase64, NOTICE, readNotice, type SavedNotice } from "../frames";
import type { Unsaved } from "../kept/unsaved";
import { Store } from "../store";
import {
  advance,
  START,
  type SyncEvent,
  type SyncState,
  stopCode,
  unsavedCount,
} from "./syncState";

interface Duties {
  onSynced: () => void;
  onChange: (change: ChangeNotice) => void;
  /** There was a gap, here or between servers, in which changes may have gone by unheard. */
  onBack: () => void;
}

/** Confirmations come within milliseconds; after this long without one, connecting anew asks again. */
const UNCONFIRMED_MS = 30_000;
const LOOK_EVERY_MS = 1000;
const SYNC_STEP_1 = 0;

export class SyncTracker {
  readonly state = new Store<SyncState>(START);
  private readonly timer = setInterval(() => this.lookForSilence(), LOOK_EVERY_MS);
  private progressAt = performance.now();
  private opened = 0;

  constructor(
    private readonly provider: WebsocketProvider,
    private readonly doc: Y.Doc,
    private readonly duties: Duties,
  ) {
    this.listenToConnection();
    this.listenToFrames();
    doc.on("update", this.wrote);
    window.addEventListener("offline", this.goOffline);
    window.addEventListener("online", this.goOnline);
  }

  connect(): void {
    if (navigator.onLine) this.provider.connect();
    else this.apply({ type: "lost" });
  }

  found(unsaved: Unsaved): void {
    this.apply({ type: "kept", unsaved });
  }

  stop(): void {
    clearInterval(this.timer);
    window.removeEventListener("offline", this.goOffline);
    window.removeEventListener("online", this.goOnline);
  }

  private listenToConnection(): void {
    const { provider, duties } = this;
    provider.shouldReconnect = ({ code }) => stopCode(code) === null;
    provider.on("status", ({ status }) => {
      if (status === "connected") this.apply({ type: "opened" });
      if (status === "connected" && this.opened++ > 0) duties.onBack();
      if (status === "disconnected") this.apply({ type: "lost" });
    });
    // A connection that never came about says so only here.
    provider.on("connection-close", () => this.apply({ type: "lost" }));
    provider.on("closed", ({ code }) => {
      const stopped = stopCode(code);
      if (stopped !== null) this.apply({ type: "stopped", code: stopped });
    });
    provider.on("sync", (synced: boolean) => {
      if (!synced) return;
      this.apply({ type: "synced" });
      duties.onSynced();
    });
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
      if (notice?.type === "change") this.duties.onChange(notice);
      if (notice?.type === "missed") this.duties.onBack();
    };
  }

  private apply(event: SyncEvent): void {
    const before = this.state.get();
    if (event.type !== "wrote" || unsavedCount(before) === 0) this.progressAt = performance.now();
    this.state.set(advance(before, event));
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

  private readonly goOffline = () => this.provider.disconnect();
  private readonly goOnline = () => {
    if (this.state.get().link !== "stopped") this.provider.connect();
  };

  private lookForSilence(): void {
    const state = this.state.get();
    const waiting = unsavedCount(state) > 0 && state.link === "open";
    if (!waiting || performance.now() - this.progressAt < UNCONFIRMED_MS) return;
    this.provider.disconnect();
    this.provider.connect();
  }
}
