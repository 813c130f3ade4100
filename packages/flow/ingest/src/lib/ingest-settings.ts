import { tmpdir } from 'node:os'
import { type Clock, systemClock, wallClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import type { Chunker } from './chunker.ts'
import { createMemoryDeadLetters } from './create-memory-dead-letters.ts'
import { createMemoryState } from './create-memory-state.ts'
import type { DeadLetterStore } from './dead-letter.ts'
import { defaultParsers } from './default-parsers.ts'
import { expectCount, expectDelay, expectFunction, expectMethods } from './expect-options.ts'
import type { IngestEvent } from './ingest-event.ts'
import type { IngestState } from './ingest-state.ts'
import type { Parser } from './parser.ts'
import type { Sink, SinkOptions } from './sink.ts'
import type { Source } from './source.ts'
import { structureChunker } from './structure-chunker.ts'

/** How often and when a step that failed is tried again. */
export interface IngestRetryOptions {
  /** How often an item is tried in a run, the first time included. Default: 3. */
  readonly attempts?: number | undefined
  /** Milliseconds that the first wait may take; each further one may take twice as long. Default: 500. */
  readonly baseDelay?: number | undefined
  /** Milliseconds that no wait exceeds unless the source or sink asks for it. Default: 30,000. */
  readonly maxDelay?: number | undefined
}

/** What a run reads, where it writes, and how. */
export interface IngestOptions {
  /** Where items come from. */
  readonly source: Source
  /** Where chunks go. */
  readonly sink: Sink
  /** What reads the kinds of content; the first that fits is taken. Default: `defaultParsers`. */
  readonly parsers?: readonly Parser[] | undefined
  /** What cuts documents. Default: `structureChunker()`. */
  readonly chunker?: Chunker | undefined
  /** What earlier runs did. Default: an empty one in memory: every item is indexed. */
  readonly state?: IngestState | undefined
  /** Where items go that fail. Default: one in memory, whose letters the events and the problems of the report tell of. */
  readonly deadLetters?: DeadLetterStore | undefined
  /** What is tried again: reading, writing and removing that may succeed later. A content that cannot be parsed is not. */
  readonly retry?: IngestRetryOptions | undefined
  /** How many items are read before the sink is ready for them. Default: 8. */
  readonly readAhead?: number | undefined
  /** How many bytes of a stream are held in memory until its hash is known. Default: 1 MiB. */
  readonly maxMemory?: number | undefined
  /** Where larger streams go that cannot be read twice, until they are indexed. Default: that of the system. */
  readonly spoolFolder?: string | undefined
  /** How many bytes of its content a dead letter keeps. Default: 65,536. */
  readonly letterBytes?: number | undefined
  /** Stops the run: it rejects with `signal.reason`. */
  readonly signal?: AbortSignal | undefined
  /** Told of what happens, and last of the report. What it throws ends the run. */
  readonly onEvent?: ((event: IngestEvent) => void) | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
  /** A number from 0 up to 1, excluded: spreads the waits. Default: `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Options with their defaults. */
export interface IngestSettings {
  readonly source: Source
  readonly sink: Sink
  readonly sinkOptions: SinkOptions
  readonly parsers: readonly Parser[]
  readonly chunker: Chunker
  readonly state: IngestState
  readonly deadLetters: DeadLetterStore
  readonly retry: IngestRetryOptions & { readonly attempts: number }
  readonly readAhead: number
  readonly maxMemory: number
  readonly spoolFolder: string
  readonly letterBytes: number
  readonly signal: AbortSignal | undefined
  readonly onEvent: (event: IngestEvent) => void
  readonly clock: Clock
  /** For the times of letters. */
  readonly now: () => number
  readonly random: () => number
}

const names = [
  'source',
  'sink',
  'parsers',
  'chunker',
  'state',
  'deadLetters',
  'retry',
  'readAhead',
  'maxMemory',
  'spoolFolder',
  'letterBytes',
  'signal',
  'onEvent',
  'clock',
  'random',
]

/** The options with their defaults. Throws `TypeError` for what makes no sense. */
export function readSettings(options: IngestOptions): IngestSettings {
  expectKnownKeys('"options"', options, names)
  const { source, sink, signal, onEvent = () => {}, clock, random = Math.random } = options
  const { parsers = defaultParsers, chunker = structureChunker() } = options
  const { state = createMemoryState(), deadLetters = createMemoryDeadLetters() } = options
  const { readAhead = 8, maxMemory = 1024 * 1024, letterBytes = 65_536, spoolFolder = tmpdir() } = options
  expectMethods('source', source, 'Source', ['items'])
  expectName(source.name)
  expectMethods('sink', sink, 'Sink', ['write', 'remove'])
  expectParsers(parsers)
  expectMethods('chunker', chunker, 'Chunker', ['start'])
  expectMethods('state', state, 'IngestState', ['get', 'put', 'remove', 'items'])
  expectMethods('deadLetters', deadLetters, 'DeadLetterStore', ['put', 'get', 'list', 'purge'])
  expectCount('readAhead', readAhead)
  expectCount('maxMemory', maxMemory)
  expectCount('letterBytes', letterBytes, 0)
  expectKnownKeys('"retry"', options.retry ?? {}, ['attempts', 'baseDelay', 'maxDelay'])
  const retry = { ...options.retry, attempts: options.retry?.attempts ?? 3 }
  expectCount('retry.attempts', retry.attempts)
  expectDelay('retry.baseDelay', retry.baseDelay ?? 0)
  expectDelay('retry.maxDelay', retry.maxDelay ?? 0)
  if (signal !== undefined) expectMethods('signal', signal, 'AbortSignal', ['throwIfAborted', 'addEventListener'])
  expectFunction('onEvent', onEvent)
  expectFunction('random', random)
  if (clock !== undefined) expectMethods('clock', clock, 'Clock', ['now', 'sleep'])
  if (typeof spoolFolder !== 'string' || spoolFolder === '') {
    throw new TypeError(`Expected "spoolFolder" to be a path, got ${describeValue(spoolFolder)}.`)
  }
  return {
    source,
    sink,
    sinkOptions: Object.freeze({ signal, run: Object.freeze({}) }),
    parsers,
    chunker,
    state,
    deadLetters,
    retry,
    readAhead,
    maxMemory,
    spoolFolder,
    letterBytes,
    signal,
    onEvent,
    clock: clock ?? systemClock,
    now: () => (clock ?? wallClock).now(),
    random,
  }
}

function expectName(name: unknown): void {
  if (typeof name === 'string' && name !== '' && !name.includes(':')) return
  throw new TypeError(`Expected "source.name" to be a name without a ":", got ${describeValue(name)}.`)
}

function expectParsers(parsers: unknown): void {
  if (!Array.isArray(parsers)) {
    throw new TypeError(`Expected "parsers" to be an array of parsers, got ${describeValue(parsers)}.`)
  }
  for (const parser of parsers) {
    expectMethods('parsers', parser, 'list of Parser', ['parse'])
    if (Array.isArray(parser.mediaTypes)) continue
    throw new TypeError(`Expected "parsers" to have lists of "mediaTypes", got ${describeValue(parser.mediaTypes)}.`)
  }
}
