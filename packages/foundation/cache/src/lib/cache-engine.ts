import type { Bus } from '@empire/bus'
import { CacheBusError } from './cache-bus-error.ts'
import { CacheClosedError } from './cache-closed-error.ts'
import { CacheStoreError } from './cache-store-error.ts'
import type { Clock } from '@empire/clock'
import { coarseNow } from './coarse-now.ts'
import type { Closure } from './closure.ts'
import { type Entry, isFresh } from './entry.ts'
import { expectJson } from './expect-json.ts'
import type { Flight } from './flight.ts'
import { Flights } from './flights.ts'
import type { CacheEvents } from './invalidation.ts'
import { InvalidationLog } from './invalidation-log.ts'
import type { KeepRequest } from './keep-request.ts'
import { dependencyLabel, keyLabel, type Label, type Scope } from './label.ts'
import { type MemoryOptions, MemoryTier } from './memory-tier.ts'
import type { OpenStore } from './open-store.ts'
import { Outbox } from './outbox.ts'
import { Peers } from './peers.ts'
import { type Load, runLoad } from './run-load.ts'
import { type Finding, SharedTier } from './shared-tier.ts'
import { Statistics } from './statistics.ts'
import type { StoredEntry } from './stored-record.ts'
import { type Patience, waitFor } from './wait-for.ts'

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
  readonly #flights = new Flights(this.#log)
  readonly #lookups = new Map<string, Promise<unknown>>()
  readonly #peers: Peers | undefined
  #closing: Promise<void> | undefined

  constructor(options: EngineOptions) {
    const { memory, store, bus, namespace, clock, createId, timeout, rest } = options
    this.#options = options
    this.#clock = clock
    this.#now = coarseNow(clock)
    this.statistics = new Statistics(namespace)
    const onEvict = (): void => this.statistics.count('evictions')
    this.#memory = new MemoryTier({ ...memory, log: this.#log, now: () => clock.now(), onEvict })
    const common = { namespace, clock, createId, timeout, rest }
    this.#shared =
      store && new SharedTier({ ...common, store, onFailure: (error) => this.statistics.reportFailure('store', error) })
    this.#outbox = new Outbox({
      end: this.#shared && ((labels) => this.#endInStore(labels)),
      announce: bus && ((labels, isPending) => this.#announce(labels, isPending)),
      clock,
      rest,
    })
    this.#peers =
      bus &&
      new Peers({
        ...common,
        bus,
        onInvalidation: (labels, isPending) => {
          this.#endHere(labels, 'elsewhere')
          if (isPending) this.#outbox.adopt(labels)
        },
        onGap: () => this.#empty(),
        onFailure: (error) => this.statistics.reportFailure('bus', error),
      })
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
    const flight =
      this.#flights.find(request.id) ?? this.#flights.launch(request, (own) => this.#fill(own, request, load))
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
    const flight = this.#flights.launch(request, (own) => this.#write(own, request, value))
    flight.join()
    await Promise.all([ending, flight.result])
  }

  /** Ends everything that has one of `labels`, here at once and elsewhere when it resolves. */
  async end(labels: readonly Label[]): Promise<void> {
    this.expectOpen()
    this.#endHere(labels, 'here')
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
    this.#flights.abort(new CacheClosedError())
    this.#memory.clear()
    await this.#outbox.close()
    await this.#peers?.close()
    this.#options.store?.release()
    this.statistics.report()
  }

  expectOpen(): void {
    if (this.#closing !== undefined) throw new CacheClosedError()
  }

  async #lookUpAlone(scope: Scope, id: string): Promise<unknown> {
    if (this.#peers?.opening !== undefined) await this.#peers.opening
    const finding = await this.#search(id, [...scope.labels, keyLabel(id)])
    const entry = finding?.entry
    const isHit = entry !== undefined && isFresh(entry, this.#clock.now())
    this.statistics.count(isHit ? 'storeHits' : 'misses')
    return isHit ? entry.value : undefined
  }

  async #fill(flight: Flight, request: KeepRequest, load: Load): Promise<unknown> {
    const { id } = request
    if (this.#peers?.opening !== undefined) await this.#peers.opening
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
    const value = await runLoad(load, flight.signal, this.#clock, this.statistics)
    if (this.#shared !== undefined && value !== undefined) expectJson(value)
    await this.#keep(flight, request, value)
    return value
  }

  async #write(flight: Flight, request: KeepRequest, value: unknown): Promise<unknown> {
    if (this.#peers?.opening !== undefined) await this.#peers.opening
    if (this.#shared !== undefined) {
      // Its value has been there since it was launched, however late the store answers.
      const finding = await this.#search(request.id, [...flight.closure.labels])
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
    const share = ttl === Infinity ? 0 : jitter * this.#options.random()
    const freshUntil = this.#clock.now() + ttl * (1 - share)
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

  #endHere(labels: readonly Label[], origin: 'here' | 'elsewhere'): void {
    this.#log.end(labels)
    this.#memory.end(labels)
    this.statistics.reportInvalidation(origin, labels.length)
  }

  async #endInStore(labels: readonly Label[]): Promise<void> {
    try {
      await this.#shared?.end(labels)
    } catch (error) {
      throw new CacheStoreError('invalidate', error)
    }
  }

  async #announce(labels: readonly Label[], isPending: boolean): Promise<void> {
    try {
      await this.#peers?.announce(labels, isPending)
    } catch (error) {
      throw new CacheBusError(error)
    }
  }

  /** Messages may have been missed: nothing in memory, and nothing on its way there, can be trusted. */
  #empty(): void {
    this.#log.endAll()
    this.#memory.clear()
    this.statistics.reportGap()
  }
}

function isStorable(entry: Entry): entry is StoredEntry {
  return entry.versions !== undefined
}
