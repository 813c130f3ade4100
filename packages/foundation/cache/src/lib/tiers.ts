import type { Clock } from '@empire/clock'
import { CacheStoreError } from './cache-store-error.ts'
import type { Closure } from './closure.ts'
import { type Entry, isFresh } from './entry.ts'
import type { Flight } from './flight.ts'
import type { InvalidationLog } from './invalidation-log.ts'
import type { KeepRequest } from './keep-request.ts'
import { dependencyLabel, keyLabel, type Label } from './label.ts'
import type { HeldEntry, MemoryTier } from './memory-tier.ts'
import type { Finding, SharedTier } from './shared-tier.ts'
import type { Statistics } from './statistics.ts'
import type { StoredEntry } from './stored-record.ts'
import type { Watch } from './watch.ts'

export interface TiersOptions {
  readonly memory: MemoryTier
  readonly shared: SharedTier | undefined
  readonly log: InvalidationLog
  readonly clock: Clock
  readonly random: () => number
  readonly statistics: Statistics
  readonly onOutage: 'memory' | 'fail'
  /** Resolves when the store knows of every invalidation that this process knows of. */
  readonly settle: () => Promise<void> | undefined
}

/** Memory with the store behind it: what is found goes up, what is kept goes down. */
export class Tiers {
  readonly #options: TiersOptions
  readonly #memory: MemoryTier
  readonly #log: InvalidationLog
  readonly #clock: Clock

  constructor(options: TiersOptions) {
    this.#options = options
    this.#memory = options.memory
    this.#log = options.log
    this.#clock = options.clock
  }

  get isShared(): boolean {
    return this.#options.shared !== undefined
  }

  /** An entry in memory that is fresh at `now`. */
  findFresh(id: string, now: () => number): HeldEntry | undefined {
    const entry = this.#memory.get(id)
    if (entry === undefined || entry.freshUntil === Infinity) return entry
    const time = now()
    if (isFresh(entry, time)) return entry
    if (entry.keptUntil <= time) this.#memory.delete(id)
    return undefined
  }

  /** An entry in memory that is at most `limit` milliseconds too old. */
  findStale(id: string, limit: number): Entry | undefined {
    const entry = this.#memory.get(id)
    const now = this.#clock.now()
    if (entry === undefined || entry.freshUntil + limit <= now || entry.keptUntil <= now) return undefined
    return entry
  }

  /**
   * What the store has, and memory now too. What is invalidated while it is on its way is not given to anyone, since
   * callers may have come later than the invalidation: it is looked for again.
   *
   * @param watch What waits for it, and is outdated from now on by whatever ends a fresh entry.
   */
  async search(id: string, labels: readonly Label[], watch?: Watch): Promise<Finding | undefined> {
    for (;;) {
      const beginning = this.#log.begin()
      if (watch !== undefined) watch.beginning = beginning
      const finding = await this.#use('read', async (shared) => {
        await this.#options.settle()
        return shared.read(id, labels)
      })
      const entry = finding?.entry
      if (entry === undefined) return finding
      if (this.#log.changedSince(beginning, entry.labels)) continue
      const isCurrent = isFresh(entry, this.#clock.now())
      // Nothing may come between this look at the log and the next one, not even a turn of the promises.
      if (isCurrent) watch?.closure.inherit(entry)
      const held = this.#memory.get(id)
      if (held === undefined || held.freshUntil <= entry.freshUntil) this.#memory.put(id, entry)
      return { ...finding, ...(isCurrent && { fresh: entry }) } as Finding
    }
  }

  /** Sees to it that what is loaded from now on can be stored under all labels of `closure`. */
  async claim(closure: Closure, finding: Finding, { scope, dependencies, ...request }: KeepRequest): Promise<void> {
    const life = Math.max(request.ttl, request.negativeTtl ?? 0) + request.retain
    const labels = [...closure.labels]
    const versions = await this.#use('write', (shared) => shared.claim(labels, finding, life))
    for (const [index, label] of labels.entries()) closure.add(label, versions?.[index])
    const absent = dependencies.filter((dependency) => this.#memory.get(dependency) === undefined)
    await Promise.all(absent.map((dependency) => this.search(dependency, [...scope.labels, keyLabel(dependency)])))
  }

  /** Takes over what the dependencies in memory depend on. */
  inherit({ closure, dependencies }: Flight): void {
    for (const dependency of dependencies) {
      const entry = this.#memory.get(dependency)
      if (entry !== undefined) closure.inherit(entry)
    }
  }

  /** Keeps what was loaded, unless something that it relies on has ended meanwhile. */
  async keep(flight: Flight, request: KeepRequest, value: unknown): Promise<void> {
    const { id, retain, jitter } = request
    const { closure } = flight
    if (flight.signal.aborted) return
    this.inherit(flight)
    if (closure.isTorn || this.#log.isOutdated(flight)) return this.#discard(flight, id)
    const ttl = value === undefined ? request.negativeTtl : request.ttl
    if (ttl === undefined) return this.#forget(id)
    const share = ttl === Infinity ? 0 : jitter * this.#options.random()
    const freshUntil = this.#clock.now() + ttl * (1 - share)
    const entry: Entry = { value, freshUntil, keptUntil: freshUntil + retain, ...closure.freeze() }
    this.#memory.put(id, entry)
    if (isStorable(entry)) await this.#use('write', (shared) => shared.write(id, entry), id)
  }

  #discard({ closure, dependencies }: Flight, id: string): void {
    this.#options.statistics.count('outdatedLoads')
    // Whoever has used the value while it was on its way is outdated as well.
    this.#log.end([dependencyLabel(id)])
    // One of them is not what the store has any more, and would tear the next load, too.
    if (closure.isTorn) for (const dependency of dependencies) this.#memory.delete(dependency)
  }

  /** It has turned out that there is no value any more: a stale one must not be given either. */
  async #forget(id: string): Promise<void> {
    if (this.#memory.get(id) === undefined) return
    this.#memory.delete(id)
    await this.#use('write', (shared) => shared.remove(id), id)
  }

  /** Does something with the store; while it is down, nothing, or fails, as the application has chosen. */
  async #use<Result>(
    action: 'read' | 'write',
    run: (shared: SharedTier) => Promise<Result>,
    id?: string,
  ): Promise<Result | undefined> {
    const { shared, onOutage } = this.#options
    if (shared === undefined) return undefined
    try {
      return await run(shared)
    } catch (error) {
      // It has been counted and told as an event by the tier itself.
      if (onOutage === 'memory') return undefined
      if (id !== undefined) this.#memory.delete(id)
      throw error instanceof CacheStoreError ? error : new CacheStoreError(action, error)
    }
  }
}

function isStorable(entry: Entry): entry is StoredEntry {
  return entry.versions !== undefined
}
