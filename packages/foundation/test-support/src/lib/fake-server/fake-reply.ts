/** One server-sent event. */
export interface FakeEvent {
  /** The name of the event. Default: none. */
  readonly event?: string | undefined
  /** Its data; line breaks make several `data` lines. */
  readonly data: string
}

/** What a handler answers. At most one of `body`, `chunks` and `events`. */
export interface FakeReply {
  /** Default: 200. */
  readonly status?: number | undefined
  /** Default: the content type only. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The whole body: text and bytes as they are, anything else as JSON. Default: empty. */
  readonly body?: unknown
  /** A streamed body, one frame each. */
  readonly chunks?: readonly (string | Uint8Array)[] | undefined
  /** A stream of server-sent events, one frame each. */
  readonly events?: readonly FakeEvent[] | undefined
}

/** A part of a body that is sent at once. */
export interface Frame {
  readonly bytes: Uint8Array
  /** The same with broken content. */
  readonly malformed: Uint8Array
}

/** A reply as bytes. */
export interface FramedReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly frames: readonly Frame[]
  readonly isStream: boolean
}

const encoder = new TextEncoder()
/** No JSON goes on with it, wherever it was cut. */
const garbage = '<'

/** The reply with its frames and the headers that they need. */
export function frameReply({ status = 200, headers = {}, body, chunks, events }: FakeReply): FramedReply {
  if (events !== undefined) {
    const defaults = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
    return { status, headers: { ...defaults, ...headers }, frames: events.map(frameEvent), isStream: true }
  }
  if (chunks !== undefined) return { status, headers, frames: chunks.map(frameChunk), isStream: true }
  if (body === undefined) return { status, headers, frames: [], isStream: false }
  if (body instanceof Uint8Array) return { status, headers, frames: [frameChunk(body)], isStream: false }
  const [type, text] = typeof body === 'string' ? ['text/plain', body] : ['application/json', JSON.stringify(body)]
  return {
    status,
    headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
    frames: [frameChunk(text)],
    isStream: false,
  }
}

/** One event as one frame. */
export function frameEvent({ event, data }: FakeEvent): Frame {
  const name = event === undefined ? '' : `event: ${event}\n`
  const write = (text: string): Uint8Array =>
    encoder.encode(`${name}data: ${text.split(/\r\n|\r|\n/).join('\ndata: ')}\n\n`)
  return { bytes: write(data), malformed: write(data.slice(0, data.length / 2) + garbage) }
}

function frameChunk(chunk: string | Uint8Array): Frame {
  const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
  return { bytes, malformed: Buffer.concat([half(bytes), encoder.encode(garbage)]) }
}

/** The first half of the bytes; the only byte, where there is one. */
export function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.ceil(bytes.length / 2))
}
