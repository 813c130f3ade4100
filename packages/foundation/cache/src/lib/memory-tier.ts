import { describeValue } from '@empire/errors'
import { LRUCache } from 'lru-cache'
import type { Entry } from './entry.ts'
import type { InvalidationLog } from './invalidation-log.ts'
import { dependencyLabel, keyOf, type Label, rootLabel } from './label.ts'

/** Limits of the first tier. What is used least recently goes first. */
export interface MemoryOptions {
  /** How many entries it holds. Default: 10,000, or no limit if `bytes` is given. */
  readonly entries?: number | undefined
  /** How many bytes it holds, as `sizeOf` counts them. Default: no limit. A value that alone exceeds it is not held. */
  readonly bytes?: number | undefined
  /** Bytes of a value. Default: two for each character of its JSON text, so give it for values that have none. */
  readonly sizeOf?: ((value: unknown) => number) | undefined
  /** Milliseconds after which an entry is taken from the store again, whatever its own time to live. Default: no limit. */
  readonly ttl?: number | undefined
}

/** An entry in memory. */
export interface HeldEntry extends Entry {
  /** What reads are given: made at the first of them, since many entries are never read. */
  answer: Promise<unknown> | undefined
  readonly arrival: number
}

export interface MemoryTierOptions extends MemoryOptions {
  readonly log: InvalidationLog
  readonly now: () => number
  readonly onEvict: () => void
  /** Whether something in progress depends on a key, and has to know when its entry is gone. */
  readonly isNeeded: (id: string) => boolean
}

/** The tier in the memory of this process. An invalidation removes entries at once. */
export class MemoryTier {
  readonly #entries: LRUCache<string, HeldEntry>
  readonly #idsByLabel = new Map<Label, Set<string>>()
  readonly #log: InvalidationLog
  readonly #ttl: number
  readonly #now: () => number
  readonly #isNeeded: (id: string) => boolean

  constructor({ entries, bytes, sizeOf = sizeOfJson, ttl = Infinity, ...options }: MemoryTierOptions) {
    const { log, now, onEvict, isNeeded } = options
    this.#log = log
    this.#isNeeded = isNeeded
    this.#ttl = ttl
    this.#now = now
    const max = entries ?? (bytes === undefined ? 10_000 : undefined)
    this.#entries = new LRUCache<string, HeldEntry>({
      ...(max !== undefined && { max }),
      ...(bytes !== undefined && {
        maxSize: bytes,
        sizeCalculation: ({ value }: HeldEntry, id: string) => expectSize(sizeOf(value)) + 2 * id.length,
      }),
      dispose: (entry, id, reason) => {
        if (reason === 'evict') onEvict()
        this.#depart(entry, id)
      },
    } as LRUCache.Options<string, HeldEntry, unknown>)
  }

  get(id: string): HeldEntry | undefined {
    return this.#entries.get(id)
  }

  put(id: string, entry: Entry): void {
    const now = this.#now()
    if (entry.keptUntil <= now) return
    const freshUntil = Math.min(entry.freshUntil, now + this.#ttl)
    const held: HeldEntry = { ...entry, freshUntil, answer: undefined, arrival: this.#log.arrive() }
    this.#entries.set(id, held)
    // One that is larger than the whole tier is not taken.
    if (this.#entries.peek(id) !== held) return
    for (const label of held.labels) if (isIndexed(label)) this.#index(label, id)
  }

  delete(id: string): void {
    this.#entries.delete(id)
  }

  /** Removes every entry that one of `labels` ends. */
  end(labels: Iterable<Label>): void {
    for (const label of labels) {
      const id = keyOf(label)
      if (id !== undefined) this.#entries.delete(id)
      else if (label === rootLabel) this.clear()
      else for (const dependent of this.#idsByLabel.get(label) ?? []) this.#entries.delete(dependent)
    }
  }

  clear(): void {
    this.#entries.clear()
  }

  #index(label: Label, id: string): void {
    const ids = this.#idsByLabel.get(label)
    if (ids === undefined) this.#idsByLabel.set(label, new Set([id]))
    else ids.add(id)
  }

  #depart({ labels, arrival }: HeldEntry, id: string): void {
    let hasIndexed = false
    for (const label of labels) {
      if (!isIndexed(label)) continue
      hasIndexed = true
      const ids = this.#idsByLabel.get(label)
      if (ids?.delete(id) === true && ids.size === 0) this.#idsByLabel.delete(label)
    }
    if (hasIndexed && this.#isNeeded(id)) this.#log.depart(dependencyLabel(id), arrival)
  }
}

/** A key is found without an index, and the root is everything. */
function isIndexed(label: Label): boolean {
  return label !== rootLabel && keyOf(label) === undefined
}

function sizeOfJson(value: unknown): number {
  try {
    return 2 * (JSON.stringify(value)?.length ?? 0)
  } catch (cause) {
    throw new TypeError(
      'A value without a JSON text cannot be measured, and "bytes" limits the memory. Say with "sizeOf" how large it is.',
      { cause },
    )
  }
}

function expectSize(size: unknown): number {
  if (typeof size === 'number' && size >= 0 && size <= Number.MAX_SAFE_INTEGER) return Math.max(1, Math.ceil(size))
  throw new TypeError(`"sizeOf" must return a number of bytes, 0 or more, got ${describeValue(size)}.`)
}
