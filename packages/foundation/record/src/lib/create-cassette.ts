import { isUtf8 } from 'node:buffer'
import { type Clock, systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { createRedactor, type Redactor } from '@empire/redaction'
import { type CassetteRequest, describeRequest } from './cassette-request.ts'
import { createRecordingTape } from './create-recording-tape.ts'
import { createReplayingTape } from './create-replaying-tape.ts'
import { expectType } from './expect-option.ts'

type Fetch = typeof globalThis.fetch

/** What is recorded or replayed, and how. */
export interface CassetteOptions {
  /** The file: a record in JSON lines, which `verify` can check. */
  readonly path: string
  /** `record` calls the real server and writes a new file; `replay` answers from the file and never calls anything. */
  readonly mode: 'record' | 'replay'
  /** What calls the real server when recording. Default: the `fetch` of the platform. */
  readonly fetch?: Fetch | undefined
  /** Measures when chunks come, and waits as long when replaying. Default: the clock of the platform. */
  readonly clock?: Clock | undefined
  /** Takes out secrets before anything is written or compared. Default: one that knows the common list. */
  readonly redactor?: Redactor | undefined
  /** Headers of the request that must be the same. Others are not kept. Default: `content-type`. */
  readonly headers?: readonly string[] | undefined
  /** Takes out of a request what changes from run to run, such as ids and times. Default: nothing. */
  readonly normalize?: ((request: CassetteRequest) => CassetteRequest) | undefined
}

/** A `fetch` that records or replays. */
export interface Cassette {
  /**
   * Takes the place of the `fetch` of the platform.
   *
   * When replaying, each recorded request is answered once, in any order and with the recorded delays; one that was not
   * recorded, or not that often, throws `cassette_mismatch` with the difference.
   */
  readonly fetch: Fetch
  /** The recorded requests that were not replayed yet. Empty when recording. */
  readonly unused: () => Promise<readonly CassetteRequest[]>
  /**
   * Writes what is not yet written; bodies that were not read to their end are recorded as far as they came. A request that
   * comes or is answered later is not recorded, but throws a `TypeError`.
   */
  readonly close: () => Promise<void>
}

/** A cassette, which stands for a server in tests, demonstrations and `--replay` options. */
export function createCassette(options: CassetteOptions): Cassette {
  expectKnownKeys('"options"', options, ['path', 'mode', 'fetch', 'clock', 'redactor', 'headers', 'normalize'])
  const { path, mode, fetch: liveFetch = globalThis.fetch, clock = systemClock } = options
  const { redactor = createRedactor(), headers = ['content-type'], normalize = (request) => request } = options
  if (typeof path !== 'string' || path === '') {
    throw new TypeError(`"path" must be a string that is not empty, got ${describeValue(path)}.`)
  }
  if (mode !== 'record' && mode !== 'replay') {
    throw new TypeError(`"mode" must be "record" or "replay", got ${describeValue(mode)}.`)
  }
  expectType('fetch', liveFetch, 'function')
  expectType('normalize', normalize, 'function')
  if (!Array.isArray(headers)) throw new TypeError(`"headers" must be an array, got ${describeValue(headers)}.`)
  const tape =
    mode === 'record' ? createRecordingTape({ path, liveFetch, clock, redactor }) : createReplayingTape({ path, clock })

  return Object.freeze<Cassette>({
    async fetch(input, init) {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      const bytes = new Uint8Array(await request.arrayBuffer())
      // Text is redacted with its request, as data where it is JSON.
      const kept = isUtf8(bytes) ? bytes : redactor.redact(bytes)
      const described = redactor.redact(normalize(redactor.redact(describeRequest(request, kept, headers))))
      return tape.fetch({ request, bytes, described, init: init ?? {} })
    },
    unused: tape.unused,
    close: tape.close,
  })
}
