/** One person: a Yjs document, presence, and a socket. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import WebSocket from "ws";
import * as awareness from "y-protocols/awareness";
import * as protocol from "y-protocols/sync";
import * as Y from "yjs";

const SYNC = 0;
const PRESENCE = 1;
const CONNECT_MS = 20_000;

export class Person {
  /**
   * `server` is `{ dialect, urls }`, and `seat` says which of its processes this person comes to;
   * `hearing` is called after each update that was applied.
   */
  constructor(server, { room, token, name, onError, seat = 0, hearing = () => {} }) {
    this.dialect = server.dialect;
    this.url = server.urls[seat % server.urls.length];
    this.room = room;
    this.token = token;
    this.onError = onError;
    this.hearing = hearing;
    this.doc = new Y.Doc();
    this.presence = new awareness.Awareness(this.doc);
    this.presence.setLocalState({ user: { name, color: "#2f6f6f" }, passage: null, cursor: null });
    this.presence.on("update", this.#passPresenceOn);
    this.leaving = false;
  }

  /** Connect; resolves when the document is here. */
  connect() {
    const { address, headers, open, receive } = this.dialect;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no document in time")), CONNECT_MS);
      this.synced = () => {
        clearTimeout(timer);
        resolve();
      };
      this.socket = new WebSocket(address(this.url, this.room), { headers: headers(this.token) });
      this.socket.on("open", () => open(this));
      this.socket.on("message", (data) => receive(this, decoding.createDecoder(data)));
      this.socket.on("error", reject);
      this.socket.on("close", (code, reason) => {
        if (!this.leaving) this.fail(`closed with ${code} ${reason}`);
      });
    });
  }

  leave() {
    this.leaving = true;
    this.socket.close();
    this.presence.off("update", this.#passPresenceOn);
    this.doc.destroy();
  }

  fail(what) {
    this.onError(what);
  }

  /** Start to send what is written here. Readers do without, so that the load costs less. */
  startWriting() {
    this.doc.on("update", (update, origin) => {
      if (origin === this) return;
      this.send(SYNC, (encoder) => protocol.writeUpdate(encoder, update));
    });
  }

  /** Write at the end of a passage. */
  write(passage, characters) {
    const text = this.doc.getText(passage);
    text.insert(text.length, characters);
  }

  putCaret(passage) {
    const text = this.doc.getText(passage);
    const caret = Y.createRelativePositionFromTypeIndex(text, text.length);
    this.presence.setLocalStateField("cursor", { passage, anchor: caret, head: caret });
  }

  ask() {
    this.send(SYNC, (encoder) => protocol.writeSyncStep1(encoder, this.doc));
  }

  present() {
    this.#tellPresence([this.doc.clientID]);
  }

  sync(decoder) {
    const reply = this.dialect.frame(this.room);
    encoding.writeVarUint(reply, SYNC);
    const before = encoding.length(reply);
    const step = protocol.readSyncMessage(decoder, reply, this.doc, this);
    if (encoding.length(reply) > before) this.socket.send(encoding.toUint8Array(reply));
    if (step === protocol.messageYjsSyncStep2) this.synced();
    if (step !== protocol.messageYjsSyncStep1) this.hearing(this);
  }

  meet(decoder) {
    awareness.applyAwarenessUpdate(this.presence, decoding.readVarUint8Array(decoder), this);
  }

  send(kind, write) {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const encoder = this.dialect.frame(this.room);
    encoding.writeVarUint(encoder, kind);
    write(encoder);
    this.socket.send(encoding.toUint8Array(encoder));
  }

  #passPresenceOn = ({ added, updated, removed }, origin) => {
    if (origin === this && !this.dialect.repeatsPresence) return;
    if (this.socket !== undefined) this.#tellPresence([...added, ...updated, ...removed]);
  };

  #tellPresence(clients) {
    const update = awareness.encodeAwarenessUpdate(this.presence, clients);
    this.send(PRESENCE, (encoder) => encoding.writeVarUint8Array(encoder, update));
  }
}
