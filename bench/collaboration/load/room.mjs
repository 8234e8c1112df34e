/** The people of one document, and the book of who wrote what when. */
import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import * as Y from "yjs";
import { Person } from "./person.mjs";

const id = (number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
/** People write in several passages at once, some of them in the same one. */
const PASSAGES = ["summary", ...[1, 2, 3, 4].map((number) => `events/${id(number)}/text`)];

export class Room {
  #writers = [];
  #numbers = new Map();

  constructor({ server, meter, onError }, { room, tokens, people, typing }) {
    this.meter = meter;
    this.server = server;
    this.name = room;
    this.onError = onError;
    this.tokens = tokens;
    this.people = Array.from({ length: people }, (_, number) => this.#person(number, this.#hear));
    for (const person of this.people.slice(0, typing)) this.#makeWriter(person);
  }

  #person(number, hearing) {
    return new Person(this.server, {
      room: this.name,
      token: this.tokens[number],
      name: `Person ${number}`,
      seat: number,
      onError: this.onError,
      hearing,
    });
  }

  #makeWriter(person) {
    const passage = PASSAGES[this.#writers.length % PASSAGES.length];
    this.#numbers.set(person, this.#writers.length);
    this.#writers.push({ person, passage, client: person.doc.clientID, times: [] });
    person.startWriting();
  }

  get writers() {
    return this.#writers.map(({ person }) => person);
  }

  /** Let one person press one key. One character is one tick of their Yjs clock. */
  press(person, { caret = false } = {}) {
    const writer = this.#writers[this.#numbers.get(person)];
    const at = performance.now();
    writer.times.push(at);
    this.meter.wrote(at);
    person.write(writer.passage, "abcdefghij "[writer.times.length % 11]);
    if (caret) person.putCaret(writer.passage);
  }

  /** Look up which keystrokes of others a person sees for the first time. */
  #hear = (person) => {
    this.meter.heard();
    person.seen ??= new Uint32Array(this.#writers.length);
    for (let number = 0; number < this.#writers.length; number += 1) {
      const writer = this.#writers[number];
      if (writer.person === person) continue;
      const clock = Y.getState(person.doc.store, writer.client);
      while (person.seen[number] < clock) {
        this.meter.took(writer.times[person.seen[number]]);
        person.seen[number] += 1;
      }
    }
  };

  /** Tell whether everybody, and somebody who comes just now, reads all that was written. */
  async converged() {
    const late = this.#person(0);
    await late.connect();
    const texts = new Set([...this.people, late].map(({ doc }) => fingerprint(doc)));
    const written = this.#writers.reduce((sum, { times }) => sum + times.length, 0);
    const read = PASSAGES.reduce((sum, name) => sum + late.doc.getText(name).length, 0);
    late.leave();
    return texts.size === 1 && read === written;
  }

  leave() {
    for (const person of this.people) person.leave();
  }
}

function fingerprint(doc) {
  const hash = createHash("sha1");
  for (const name of PASSAGES) hash.update(`${doc.getText(name)}\u0000`);
  return hash.digest("hex");
}
