import type { Bus, Subscription } from '@empire/bus'
import { CacheBusError } from './cache-bus-error.ts'
import { CacheClosedError } from './cache-closed-error.ts'
import { CacheStoreError } from './cache-store-error.ts'
import type { Clock } from './clock.ts'
import { coarseNow } from './coarse-now.ts'
import { Closure } from './closure.ts'
import { type Entry, isFresh } from './entry.ts'
import { expectJson } from './expect-json.ts'
import { Flight } from './flight.ts'
import { type CacheEvents, invalidationTopic, readInvalidation } from './invalidation.ts'
import { InvalidationLog } from './invalidation-log.ts'
import { dependencyLabel, keyLabel, type Label, type Scope } from './label.ts'
import { type MemoryOptions, MemoryTier } from './memory-tier.ts'
import type { OpenStore } from './open-store.ts'
import { Outbox } from './outbox.ts'
import { type Finding, SharedTier } from './shared-tier.ts'
import { Statistics } from './statistics.ts'
import type { StoredEntry } from './stored-record.ts'
import { type Patience, waitFor } from './wait-for.ts'
import { within } from './within.ts'

export interface EngineOptions {
  readonly memory: MemoryOptions
  readonly store: OpenStore | undefined
  readonly bus: Bus<CacheEvents> | undefined
  readonly namespace: string
  readonly onOutage: 'memory' | 'fail'
  readonly timeout: number
  readonly rest: number
  readonly clock: Clock
  readonly random: () => number
  readonly createId: () => string
}

/** What is to be kept, under which names, and for how long. */
export interface KeepRequest {
  readonly scope: Scope
  readonly id: string
  /** What it is, beside its key and its namespace. */
  readonly tags: readonly Label[]
  /** Ids of the keys it depends on. */
  readonly dependencies: readonly string[]
  /** Milliseconds, or `Infinity`. */
  readonly ttl: number
  /** Milliseconds beyond that. */
  readonly retain: number
  /** For an absent value; without it absence is not kept. */
  readonly negativeTtl: number | undefined
  readonly jitter: number
}

export type Load = (context: { readonly signal: AbortSignal }) => unknown

/** Both tiers, the loads in progress, and what is heard from other processes. */
export class CacheEngine {
  readonly statistics: Statistics
  readonly #options: EngineOptions
  readonly #clock: Clock
  readonly #now: () => number
  readonly #log = new InvalidationLog()
  readonly #memory: MemoryTier
  readonly #shared: SharedTier | undefined
  readonly #outbox: Outbox
  readonly #flights = new Map<string, Flight>()
  readonly #lookups = new Map<string, Promise<unknown>>()
  readonly #stop = new AbortController()
  readonly #origin: string
  #opening: Promise<void> | undefined
  #listening: Promise<void> | undefined
  #subscription: Subscription | undefined
  #closing: Promise<void> | undefined

  constructor(options: EngineOptions) {
    const { memory, store, bus, namespace, clock, createId, timeout, rest } = options
    this.#options = options
    this.#clock = clock
    this.#now = coarseNow(clock)
    this.#origin = createId()
    this.statistics = new Statistics(namespace)
    const onEvict = (): void => this.statistics.count('evictions')
    this.#memory = new MemoryTier({ ...memory, log: this.#log, now: () => clock.now(), onEvict })
    const onFailure = (): void => this.statistics.count('storeFailures')
    this.#shared = store && new SharedTier({ store, namespace, clock, createId, timeout, rest, onFailure })
    this.#outbox = new Outbox({
      end: this.#shared && ((labels) => this.#endInStore(labels)),
      announce: bus && ((labels, isPending) => this.#announce(bus, labels, isPending)),
      clock,
      rest,
    })
    if (bus !== undefined) this.#opening = this.#open(bus)
  }

  /** A fresh value in memory. */
  hit(id: string): Promise<unknown> | undefined {
    const entry = this.#memory.get(id)
    if (entry === undefined) return undefined
    if (entry.freshUntil !== Infinity && !isFresh(entry, this.#now())) return undefined
    this.statistics.hitMemory()
    return (entry.answer ??= Promise.resolve(entry.value))
  }

  /** A fresh value in the store. Callers at the same time share one look. */
  async lookUp(scope: Scope, id: string): Promise<unknown> {
    this.expectOpen()
    const current = this.#lookups.get(id)
    if (current !== undefined) return current
    const lookup = this.#lookUpAlone(scope, id).finally(() => this.#lookups.delete(id))
    this.#lookups.set(id, lookup)
    return lookup
  }

  /** The value of a load: of the one in progress, or of a new one. */
  load(request: KeepRequest, load: Load, patience: Patience | undefined): Promise<unknown> {
    this.expectOpen()
    const flight = this.#joinable(request.id) ?? this.#launch(request, (own) => this.#fill(own, request, load))
    if (patience === undefined) {
      flight.join()
      return flight.result
    }
    return waitFor(flight, patience, { clock: this.#clock, findStale: (limit) => this.#findStale(request.id, limit) })
  }

  /** Ends what there is under a key and all that depends on it, and keeps `value` instead. */
  async set(request: KeepRequest, value: unknown): Promise<void> {
    this.expectOpen()
    if (this.#shared !== undefined) expectJson(value)
    const ending = this.end([keyLabel(request.id), dependencyLabel(request.id)])
    const flight = this.#launch(request, (own) => this.#write(own, request, value))
    flight.join()
    await Promise.all([ending, flight.result])
  }

  /** Ends everything that has one of `labels`, here at once and elsewhere when it resolves. */
  async end(labels: readonly Label[]): Promise<void> {
    this.expectOpen()
    this.statistics.count('invalidations')
    this.#endHere(labels)
    try {
      await this.#outbox.send(labels)
    } catch (error) {
      if (this.#options.onOutage === 'fail') throw error
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<void> {
    const reason = new CacheClosedError()
    this.#stop.abort(reason)
    for (const flight of this.#flights.values()) flight.abort(reason)
    await this.#outbox.close()
    await this.#listening
    await this.#subscription?.unsubscribe()
    this.#options.store?.release()
    this.#memory.clear()
    this.statistics.report()
  }

  expectOpen(): void {
    if (this.#stop.signal.aborted) throw new CacheClosedError()
  }

  async #lookUpAlone(scope: Scope, id: string): Promise<unknown> {
    if (this.#opening !== undefined) await this.#opening
    const finding = await this.#search(id, [...scope.labels, keyLabel(id)])
    const entry = finding?.entry
    const isHit = entry !== undefined && isFresh(entry, this.#clock.now())
    this.statistics.count(isHit ? 'storeHits' : 'misses')
    return isHit ? entry.value : undefined
  }

  /** The load in progress, if nothing has outdated it or a load that it may be waiting for. */
  #joinable(id: string): Flight | undefined {
    const flight = this.#flights.get(id)
    if (flight === undefined) return undefined
    const reachable = new Set([flight])
    for (const { beginning, closure, dependencies } of reachable) {
      if (this.#log.changedSince(beginning, closure.labels)) return undefined
      for (const dependency of dependencies) {
        const inner = this.#flights.get(dependency)
        if (inner !== undefined) reachable.add(inner)
      }
    }
    return flight
  }

  #launch(request: KeepRequest, work: (flight: Flight) => Promise<unknown>): Flight {
    const { id, scope, tags, dependencies } = request
    // Whoever waits for the one that is replaced is outdated as it is.
    if (this.#flights.has(id)) this.#log.end([dependencyLabel(id)])
    const closure = new Closure([...scope.labels, keyLabel(id), ...tags, ...dependencies.map(dependencyLabel)])
    const flight = new Flight(this.#log.begin(), closure, dependencies)
    const land = (): void => {
      if (this.#flights.get(id) === flight) this.#flights.delete(id)
    }
    this.#flights.set(id, flight)
    flight.start(() => work(flight).finally(land), land)
    return flight
  }

  async #fill(flight: Flight, request: KeepRequest, load: Load): Promise<unknown> {
    const { id } = request
    if (this.#opening !== undefined) await this.#opening
    let finding: Finding | undefined
    if (this.#shared !== undefined) {
      finding = await this.#search(id, [...flight.closure.labels], flight)
      if (finding?.entry !== undefined && isFresh(finding.entry, this.#clock.now())) {
        this.statistics.count('storeHits')
        return finding.entry.value
      }
    }
    flight.reportSearched()
    this.statistics.count('misses')
    if (finding !== undefined) await this.#claim(flight.closure, finding, request)
    this.#inherit(flight.closure, request.dependencies)
    flight.signal.throwIfAborted()
    this.statistics.count('loads')
    let value: unknown
    try {
      value = await load({ signal: flight.signal })
    } catch (error) {
      if (!flight.signal.aborted) this.statistics.count('loadFailures')
      throw error
    }
    await this.#keep(flight, request, value)
    return value
  }

  async #write(flight: Flight, request: KeepRequest, value: unknown): Promise<unknown> {
    if (this.#opening !== undefined) await this.#opening
    if (this.#shared !== undefined) {
      const finding = await this.#search(request.id, [...flight.closure.labels], flight)
      if (finding !== undefined) await this.#claim(flight.closure, finding, request)
    }
    await this.#keep(flight, request, value)
    return value
  }

  async #keep(flight: Flight, request: KeepRequest, value: unknown): Promise<void> {
    const { id, dependencies, retain, jitter } = request
    const { closure } = flight
    if (flight.signal.aborted) return
    this.#inherit(closure, dependencies)
    if (closure.isTorn || this.#log.changedSince(flight.beginning, closure.labels)) {
      this.statistics.count('outdatedLoads')
      // Whoever has used the value while it was on its way is outdated as well.
      this.#log.end([dependencyLabel(id)])
      return
    }
    const ttl = value === undefined ? request.negativeTtl : request.ttl
    if (ttl === undefined) return this.#forget(id)
    if (this.#shared !== undefined) expectJson(value ?? null)
    const freshUntil = this.#clock.now() + ttl * (1 - jitter * this.#options.random())
    const entry: Entry = { value, freshUntil, keptUntil: freshUntil + retain, ...closure.freeze() }
    this.#memory.put(id, entry)
    if (isStorable(entry)) await this.#store('write', (shared) => shared.write(id, entry), id)
  }

  /** It has turned out that there is no value any more: a stale one must not be given either. */
  async #forget(id: string): Promise<void> {
    if (this.#memory.get(id) === undefined) return
    this.#memory.delete(id)
    await this.#store('write', (shared) => shared.remove(id), id)
  }

  /** Takes over what the dependencies in memory depend on. */
  #inherit(closure: Closure, dependencies: readonly string[]): void {
    for (const dependency of dependencies) {
      const entry = this.#memory.get(dependency)
      if (entry !== undefined) closure.inherit(entry)
    }
  }

  async #claim(closure: Closure, finding: Finding, { scope, dependencies, ...request }: KeepRequest): Promise<void> {
    const life = Math.max(request.ttl, request.negativeTtl ?? 0) + request.retain
    const labels = [...closure.labels]
    const versions = await this.#store('write', (shared) => shared.claim(labels, finding, life))
    for (const [index, label] of labels.entries()) closure.add(label, versions?.[index])
    const absent = dependencies.filter((dependency) => this.#memory.get(dependency) === undefined)
    await Promise.all(absent.map((dependency) => this.#search(dependency, [...scope.labels, keyLabel(dependency)])))
  }

  /**
   * What the store has, and memory now too. What is invalidated while it is on its way is not given to anyone, since
   * callers may have come later than the invalidation: it is looked for again.
   */
  async #search(id: string, labels: readonly Label[], flight?: Flight): Promise<Finding | undefined> {
    for (;;) {
      const beginning = this.#log.begin()
      if (flight !== undefined) flight.beginning = beginning
      const finding = await this.#store('read', async (shared) => {
        await this.#outbox.settle()
        return shared.read(id, labels)
      })
      const entry = finding?.entry
      if (entry === undefined) return finding
      if (!this.#log.changedSince(beginning, entry.labels)) {
        this.#memory.put(id, entry)
        return finding
      }
    }
  }

  #findStale(id: string, limit: number): Entry | undefined {
    const entry = this.#memory.get(id)
    if (entry === undefined || entry.freshUntil + limit <= this.#clock.now()) return undefined
    this.statistics.count('staleHits')
    return entry
  }

  /** Does something with the store; while it is down, nothing, or fails, as the application has chosen. */
  async #store<Result>(
    action: 'read' | 'write',
    run: (shared: SharedTier) => Promise<Result>,
    id?: string,
  ): Promise<Result | undefined> {
    if (this.#shared === undefined) return undefined
    try {
      return await run(this.#shared)
    } catch (error) {
      if (this.#options.onOutage === 'memory') return undefined
      if (id !== undefined) this.#memory.delete(id)
      throw error instanceof CacheStoreError ? error : new CacheStoreError(action, error)
    }
  }

  #endHere(labels: readonly Label[]): void {
    this.#log.end(labels)
    this.#memory.end(labels)
  }

  async #endInStore(labels: readonly Label[]): Promise<void> {
    try {
      await this.#shared?.end(labels)
    } catch (error) {
      throw new CacheStoreError('invalidate', error)
    }
  }

  async #announce(bus: Bus<CacheEvents>, labels: readonly Label[], isPending: boolean): Promise<void> {
    const { namespace, clock, timeout } = this.#options
    const message = { namespace, origin: this.#origin, labels, isPending }
    try {
      await within(clock, timeout, (signal) => bus.publish(invalidationTopic, message, { signal }))
    } catch (error) {
      this.statistics.count('busFailures')
      throw new CacheBusError(error)
    }
  }

  /** Resolves when this process hears the others, or after a while: nothing that it would have to hear is kept before. */
  async #open(bus: Bus<CacheEvents>): Promise<void> {
    this.#listening = this.#listen(bus)
    // It goes on trying after that, and memory is emptied when it succeeds.
    await within(this.#clock, this.#options.timeout, () => this.#listening ?? Promise.resolve()).catch(() => {})
    this.#opening = undefined
  }

  async #listen(bus: Bus<CacheEvents>): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      try {
        this.#subscription = await bus.subscribe(invalidationTopic, (message) => this.#hear(message), {
          onGap: () => this.#clear(),
          signal,
        })
        if (this.#opening === undefined) this.#clear()
        return
      } catch {
        if (signal.aborted) return
        this.statistics.count('busFailures')
        await this.#clock.sleep(this.#options.rest, { signal }).catch(() => {})
      }
    }
  }

  #hear(message: unknown): void {
    const invalidation = readInvalidation(message)
    if (invalidation === undefined) return this.#clear()
    const { namespace, origin, labels, isPending } = invalidation
    if (namespace !== this.#options.namespace || origin === this.#origin) return
    this.statistics.count('invalidations')
    this.#endHere(labels)
    if (isPending) this.#outbox.adopt(labels)
  }

  /** Messages may have been missed: nothing in memory, and nothing on its way there, can be trusted. */
  #clear(): void {
    this.statistics.count('gaps')
    this.#log.endAll()
    this.#memory.clear()
  }
}

function isStorable(entry: Entry): entry is StoredEntry {
  return entry.versions !== undefined
}
