/** Somebody opens a large document, again and again: from the first byte sent to the text there. */
import { performance } from "node:perf_hooks";
import * as Y from "yjs";
import { numbers, sleep, until } from "./pace.mjs";
import { Person } from "./person.mjs";

const AUTHORS = 20;
const SENTENCE = "while the queue of the second region kept growing we looked at the graphs, ";
const CHUNKS = 64;

export async function joining(plan, { server, meter, onError }) {
  const somebody = (number) => {
    const token = plan.tokens[number];
    return new Person(server, { room: plan.rooms[0], token, name: `Person ${number}`, onError });
  };
  const host = somebody(0);
  host.startWriting();
  await host.connect();
  const characters = await fill(host, plan.bytes);
  const complete = ({ doc }) => length(doc) === characters;
  const witness = somebody(1);
  await witness.connect();
  if (!(await until(() => complete(witness)))) onError("the document never came through");
  witness.leave();
  await sleep(plan.settle_seconds * 1000);
  let converged = true;
  meter.start();
  for (let join = 0; join < plan.joins; join += 1) {
    const guest = somebody(2 + join);
    const at = performance.now();
    await guest.connect();
    meter.took(at);
    converged &&= complete(guest);
    guest.leave();
  }
  meter.stop();
  host.leave();
  return { converged, joins: plan.joins };
}

/** Write as people did over some days: sentences of many authors, here and there, some erased. */
async function fill(host, bytes) {
  const draft = new Y.Doc();
  const random = numbers();
  const authors = Array.from(
    { length: AUTHORS },
    () => draft.clientID + Math.floor(random() * 1e9),
  );
  const vectors = [Y.encodeStateVector(draft)];
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    while (Y.encodeStateAsUpdate(draft).length < (bytes * (chunk + 1)) / CHUNKS) {
      for (let time = 0; time < 40; time += 1) edit(draft, authors, random);
    }
    Y.applyUpdate(host.doc, Y.encodeStateAsUpdate(draft, vectors.at(-1)));
    vectors.push(Y.encodeStateVector(draft));
    await sleep(5);
  }
  return length(host.doc);
}

/** An incident with many events, each with its text. */
const PASSAGES = 40;

function edit(draft, authors, random) {
  const pick = (count) => Math.floor(random() * count);
  draft.clientID = authors[pick(authors.length)];
  const text = draft.getText(passage(pick(PASSAGES)));
  const at = pick(text.length + 1);
  if (text.length > 200 && random() < 0.1) text.delete(Math.min(at, text.length - 20), 20);
  else text.insert(at, SENTENCE.slice(0, 20 + pick(SENTENCE.length - 20)));
}

function passage(number) {
  return `events/00000000-0000-7000-8000-${String(number).padStart(12, "0")}/text`;
}

function length(doc) {
  let sum = 0;
  for (let number = 0; number < PASSAGES; number += 1) sum += doc.getText(passage(number)).length;
  return sum;
}
