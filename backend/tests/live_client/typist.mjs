// Somebody who types on their own, and notes what they were told and what they saw.
//
// Everybody types characters of their own, each once only: what is noted are sets of characters,
// and what is missing later can be named.
const FIRST_CHARACTER = 0x4e00

/** A small seeded generator of numbers in [0, 1) (mulberry32). */
const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** Start typing in `name`, as number `who` of `people`, once in `pause` ms on average. */
export const startTyping = (client, { name, who, people, pause, seed }) => {
  const { doc, provider, Y } = client
  const text = doc.getText(name)
  const roll = dice(seed + who)
  const typist = { typed: '', told: '', seen: '', removed: '', toldRemoved: '', seenRemoved: '' }
  // What was typed and not yet called saved, with the number of the frame that took it away.
  let waiting = []
  let count = 0

  text.observe((event, transaction) => {
    if (transaction.local) return
    for (const { insert } of event.delta) typist.seen += insert ?? ''
    for (const item of event.changes.deleted) typist.seenRemoved += item.content.str
  })
  const note = (change) => {
    const frame = provider.wsconnected ? provider.ws.updatesSent : Infinity
    waiting.push({ ...change, frame, clock: Y.getState(doc.store, doc.clientID) })
  }
  const type = () => {
    const character = String.fromCharCode(FIRST_CHARACTER + people * count++ + who)
    typist.typed += character
    text.insert(Math.floor(roll() * (text.length + 1)), character)
    note({ character })
  }
  const remove = () => {
    const at = Math.floor(roll() * text.length)
    const removed = text.toString()[at]
    typist.removed += removed
    text.delete(at, 1)
    note({ removed })
  }
  const work = () => {
    if (text.length > 0 && roll() < 0.15) remove()
    else type()
    typist.timer = setTimeout(work, pause * (0.25 + 1.5 * roll()))
  }

  client.onSaved = ({ updates, state_vector }) => {
    const saved = Y.decodeStateVector(Buffer.from(state_vector, 'base64')).get(doc.clientID) ?? 0
    const isTold = ({ frame, character, clock }) =>
      frame <= updates || (character !== undefined && clock <= saved)
    for (const change of waiting.filter(isTold)) {
      typist.told += change.character ?? ''
      typist.toldRemoved += change.removed ?? ''
    }
    waiting = waiting.filter((change) => !isTold(change))
  }
  // A new connection counts its own frames; the first that matters brings everything.
  client.onClosed = () => {
    for (const change of waiting) change.frame = Infinity
  }
  client.onAllSent = (frame) => {
    for (const change of waiting) change.frame = Math.min(change.frame, frame)
  }
  client.typist = typist
  work()
}

export const stopTyping = ({ typist }) => clearTimeout(typist.timer)

export const notes = ({ typist: { timer, ...noted } }) => noted
