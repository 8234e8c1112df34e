/** The two wire protocols, each as the standard client of its server speaks it. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

const SYNC = 0;
const PRESENCE = 1;
const AUTHENTICATION = 2;
const NOTICE = 100;
const SYNC_REPLY = 4;
const CLOSE = 7;
const SYNC_STATUS = 8;
const GRANTED = 2;

/** Plain y-websocket frames, as Second Story and many others understand them. */
const secondStory = {
  address: (base, room) => `${base}/api/v1/incidents/${room}/live`,
  headers: (token) => ({ authorization: `Bearer ${token}` }),
  frame: () => encoding.createEncoder(),
  // y-websocket repeats to the server all that it hears of others.
  repeatsPresence: true,

  open(person) {
    person.ask();
    person.present();
  },

  receive(person, decoder) {
    const kind = decoding.readVarUint(decoder);
    if (kind === SYNC) person.sync(decoder);
    else if (kind === PRESENCE) person.meet(decoder);
    else if (kind !== NOTICE) person.fail(`a frame of kind ${kind}`);
  },
};

/** The same with the document's name in front, and a sign-in as the first message. */
const hocuspocus = {
  address: (base) => base,
  headers: () => ({}),
  repeatsPresence: false,

  frame(room) {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, room);
    return encoder;
  },

  open(person) {
    person.send(AUTHENTICATION, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "a token");
      encoding.writeVarString(encoder, "4.7.0");
    });
  },

  receive(person, decoder) {
    decoding.readVarString(decoder);
    const kind = decoding.readVarUint(decoder);
    if (kind === SYNC || kind === SYNC_REPLY) person.sync(decoder);
    else if (kind === PRESENCE) person.meet(decoder);
    else if (kind === AUTHENTICATION && decoding.readVarUint(decoder) === GRANTED) {
      person.ask();
      person.present();
    } else if (kind === CLOSE) person.fail("the server closes the document");
    else if (kind !== SYNC_STATUS || decoding.readVarInt(decoder) !== 1) {
      person.fail(`a frame of kind ${kind}`);
    }
  },
};

export const dialects = { "second-story": secondStory, hocuspocus };
