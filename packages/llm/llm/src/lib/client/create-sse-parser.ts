import { describeValue, expectKnownKeys } from '@empire/errors'
import { ModelError } from '../model-error.ts'

/** An event of a stream of server-sent events. */
export interface SseEvent {
  /** The name of the event: `message` unless the stream says otherwise. */
  readonly type: string
  /** Its lines of data, joined by line feeds. */
  readonly data: string
  /** The last id that the stream has given so far. Empty before the first. */
  readonly lastEventId: string
  /** Whether the blank line that ends an event came. Without it, the stream ended here and the data may be cut. */
  readonly complete: boolean
}

/** Options of `createSseParser`. */
export interface SseParserOptions {
  /** Gets each event, as soon as its last character is there. What it throws comes out of `push`. */
  readonly onEvent: (event: SseEvent) => void
  /** Gets each delay, in milliseconds, that the stream asks for before a reconnection. Default: nobody does. */
  readonly onRetry?: ((milliseconds: number) => void) | undefined
  /** The longest event, in UTF-16 units; a stream beyond it is refused. Default: 67,108,864. */
  readonly maxLength?: number | undefined
}

/** Reads server-sent events from pieces, cut wherever. */
export interface SseParser {
  /** Reads on. Throws a `ModelError` with `invalid_response` for an event that is longer than allowed. */
  push(piece: string | Uint8Array): void
  /** Ends the stream. An event that is not complete is passed on as such, if it has data. */
  end(): void
}

const lineFeed = 10
const space = 32
const byteOrderMark = 0xfeff

/**
 * A push parser for server-sent events.
 *
 * Follows "9.2.6 Interpreting an event stream" of the WHATWG HTML standard, but for the end: an event without its blank
 * line is not discarded, for servers leave the last one out. Takes time linear in the stream.
 */
export function createSseParser(options: SseParserOptions): SseParser {
  expectKnownKeys('createSseParser: "options"', options, ['onEvent', 'onRetry', 'maxLength'])
  const { onEvent, onRetry, maxLength = 2 ** 26 } = options
  if (typeof onEvent !== 'function') {
    throw new TypeError(`createSseParser: expected "onEvent" to be a function, got ${describeValue(onEvent)}.`)
  }
  if (!(typeof maxLength === 'number' && maxLength >= 1)) {
    throw new TypeError(
      `createSseParser: expected "maxLength" to be a number from 1 upwards, got ${describeValue(maxLength)}.`,
    )
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  /** The line that has begun in earlier pieces. */
  let begun: string[] = []
  let begunLength = 0
  let first = true
  let afterCarriageReturn = false
  let data: string[] = []
  let dataLength = 0
  let type = ''
  let lastEventId = ''

  function read(text: string): void {
    let start = 0
    if (first && text !== '') {
      first = false
      if (text.charCodeAt(0) === byteOrderMark) start = 1
    }
    if (afterCarriageReturn && start < text.length) {
      afterCarriageReturn = false
      if (text.charCodeAt(start) === lineFeed) start++
    }
    let nextLineFeed = text.indexOf('\n', start)
    let nextReturn = text.indexOf('\r', start)
    while (nextLineFeed !== -1 || nextReturn !== -1) {
      const end = nextReturn === -1 || (nextLineFeed !== -1 && nextLineFeed < nextReturn) ? nextLineFeed : nextReturn
      if (begunLength === 0) readLine(text, start, end)
      else {
        const line = begun.join('') + text.slice(start, end)
        begun = []
        begunLength = 0
        readLine(line, 0, line.length)
      }
      start = end + 1
      if (end === nextReturn) {
        if (start === text.length) afterCarriageReturn = true
        else if (text.charCodeAt(start) === lineFeed) start++
        nextReturn = text.indexOf('\r', start)
      }
      // Each is looked for only once it has been passed: else many of the one and none of the other are quadratic.
      if (nextLineFeed !== -1 && nextLineFeed < start) nextLineFeed = text.indexOf('\n', start)
    }
    if (start < text.length) {
      begun.push(text.slice(start))
      begunLength += text.length - start
      checkLength()
    }
  }

  function readLine(text: string, start: number, end: number): void {
    if (start === end) return dispatch(true)
    // A search in the whole text would go through all lines behind this one where it has no colon.
    const line = text.slice(start, end)
    const colon = line.indexOf(':')
    if (colon === 0) return
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(line.charCodeAt(colon + 1) === space ? colon + 2 : colon + 1)
    if (field === 'data') {
      data.push(value)
      dataLength += value.length + 1
      checkLength()
    } else if (field === 'event') type = value
    else if (field === 'id' && !value.includes('\0')) lastEventId = value
    else if (field === 'retry' && /^[0-9]+$/.test(value)) onRetry?.(Math.min(Number(value), Number.MAX_SAFE_INTEGER))
  }

  function dispatch(complete: boolean): void {
    if (data.length > 0) {
      const event = { type: type === '' ? 'message' : type, data: data.join('\n'), lastEventId, complete }
      clear()
      onEvent(event)
    } else clear()
  }

  function clear(): void {
    data = []
    dataLength = 0
    type = ''
  }

  function checkLength(): void {
    if (dataLength + begunLength <= maxLength) return
    throw new ModelError(
      'invalid_response',
      `Expected events of at most ${maxLength} characters, got a longer one. Raise "maxLength" if the server is right.`,
    )
  }

  return Object.freeze({
    push(piece: string | Uint8Array) {
      read(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }))
    },
    end() {
      read(decoder.decode())
      if (begunLength > 0) {
        const line = begun.join('')
        begun = []
        begunLength = 0
        // The others mean something else when they are cut.
        if (line.startsWith('data:')) readLine(line, 0, line.length)
      }
      dispatch(false)
    },
  })
}
