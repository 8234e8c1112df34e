// Real Yjs clients for the tests: commands come in as JSON lines, answers and events go out.
// Run with --experimental-websocket (Node 20 keeps its WebSocket behind that flag).
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { notes, startTyping, stopTyping } from './typist.mjs'

const require = createRequire(new URL('../../../frontend/package.json', import.meta.url))
const Y = require('yjs')
const { WebsocketProvider } = require('y-websocket')

const NOTICE = 100
const clients = new Map()

/** A WebSocket that sends headers, as a browser would send its cookie. */
const socketWith = (headers, client) =>
  class extends WebSocket {
    constructor(url) {
      super(url, { headers })
      // Browsers always close after an error; Node 20 does not when nobody listens on the port.
      this.addEventListener('error', () => setTimeout(() => this.onclose?.({ code: 1006 })))
    }

    updatesSent = 0

    send(frame) {
      // A sync frame, and not one that asks: what `updates` of a `saved` notice counts.
      if (frame[0] === 0 && frame[1] !== 0) this.updatesSent += 1
      // The answer to what the server misses: all there is.
      if (frame[0] === 0 && frame[1] === 1) client.onAllSent?.(this.updatesSent)
      super.send(frame)
    }
  }

const readNotice = (decoder) => {
  // The payload is a variable-length string: its length, then UTF-8 to the end of the frame.
  let byte
  do byte = decoder.arr[decoder.pos++]
  while (byte & 0x80)
  return JSON.parse(Buffer.from(decoder.arr.subarray(decoder.pos)).toString())
}

const commands = {
  open({ id, url, room, headers = {}, connect = true, once = false }) {
    const doc = new Y.Doc()
    const client = { doc, Y, notices: [], closes: [], stopped: null, carets: new Map() }
    const provider = new WebsocketProvider(url, room, doc, {
      WebSocketPolyfill: socketWith(headers, client),
      disableBc: true,
      maxBackoffTime: 200,
      connect,
    })
    client.provider = provider
    provider.messageHandlers[NOTICE] = (_encoder, decoder) => {
      const notice = readNotice(decoder)
      client.notices.push(notice)
      if (notice.type === 'saved') client.onSaved?.(notice)
    }
    provider.on('connection-close', (event) => {
      client.closes.push(event?.code ?? null)
      client.onClosed?.()
      if (once) provider.shouldConnect = false
    })
    provider.on('closed', (event) => {
      client.stopped = event
    })
    clients.set(id, client)
    return { client: doc.clientID }
  },

  state({ id }) {
    const { doc, provider, notices, closes, stopped, carets } = clients.get(id)
    const texts = {}
    for (const [name, type] of doc.share) texts[name] = doc.getText(name).toString() || type.toString()
    const saved = notices.filter((notice) => notice.type === 'saved').at(-1)
    const vector = saved ? Y.decodeStateVector(Buffer.from(saved.state_vector, 'base64')) : new Map()
    return {
      texts,
      synced: provider.synced,
      connected: provider.wsconnected,
      present: Object.fromEntries(provider.awareness.getStates()),
      changes: notices.filter((notice) => notice.type === 'change'),
      saved: (vector.get(doc.clientID) ?? 0) >= Y.getState(doc.store, doc.clientID),
      updates: saved?.updates ?? 0,
      closes,
      stopped,
      carets: Object.fromEntries(
        [...carets].map(([name, caret]) => [
          name,
          Y.createAbsolutePositionFromRelativePosition(caret, doc)?.index ?? null,
        ]),
      ),
    }
  },

  insert({ id, name, at, text }) {
    const type = clients.get(id).doc.getText(name)
    type.insert(at ?? type.length, text)
  },

  remove({ id, name, at, length }) {
    clients.get(id).doc.getText(name).delete(at, length)
  },

  putCaret({ id, name, at }) {
    const { doc, carets } = clients.get(id)
    carets.set(name, Y.createRelativePositionFromTypeIndex(doc.getText(name), at))
  },

  present({ id, state }) {
    clients.get(id).provider.awareness.setLocalState(state)
  },

  // Like a network that is gone: the server is told nothing.
  cut({ id }) {
    clients.get(id).provider.disconnect()
  },

  join({ id }) {
    clients.get(id).provider.connect()
  },

  startTyping: ({ id, ...how }) => startTyping(clients.get(id), how),
  stopTyping: ({ id }) => stopTyping(clients.get(id)),
  notes: ({ id }) => notes(clients.get(id)),

  close({ id }) {
    const { doc, provider } = clients.get(id)
    provider.destroy()
    doc.destroy()
    clients.delete(id)
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { n, command, ...rest } = JSON.parse(line)
  try {
    process.stdout.write(`${JSON.stringify({ n, ok: commands[command](rest) ?? null })}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ n, error: String(error.stack) })}\n`)
  }
}
process.exit(0)
