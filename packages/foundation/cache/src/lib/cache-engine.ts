import type { Clock } from '@empire/clock'
import { CacheBusError } from './cache-bus-error.ts'
import { CacheClosedError } from './cache-closed-error.ts'
import { CacheStoreError } from './cache-store-error.ts'
import { Closure } from './closure.ts'
import { coarseNow } from './coarse-now.ts'
import { expectJson } from './expect-json.ts'
import { Flight } from './flight.ts'
import { Flights } from './flights.ts'
import type { CacheBus } from './invalidation.ts'
import { InvalidationLog } from './invalidation-log.ts'
import type { KeepRequest } from './keep-request.ts'
import { dependencyLabel, keyLabel, type Label, type Scope } from './label.ts'
import { LoadCycleError } from './load-cycle-error.ts'
import { type MemoryOptions, MemoryTier } from './memory-tier.ts'
import type { OpenStore } from './open-store.ts'
import { Outbox } from './outbox.ts'
import { Peers } from './peers.ts'
import { type Load, runLoad } from './run-load.ts'
import { SharedTier } from './shared-tier.ts'
import { Statistics } from './statistics.ts'
import { Tiers } from './tiers.ts'
import { type Patience, waitFor } from './wait-for.ts'
import type { Watch } from './watch.ts'

export interface EngineOptions {
  readonly memory: MemoryOptions
  readonly store: OpenStore | undefined
  readonly bus: CacheBus | undefined
  readonly namespace: string
  readonly onOutage: 'memory' | 'fail'
  readonly timeout: number
  readonly rest: number
  readonly clock: Clock
  readonly random: () => number
  readonly createId: () => string
}

interface Lookup extends Watch {
  result: Promise<unknown>
}

/** The loads in progress, what invalidates and ends them, and what is heard from other processes. */
export class CacheEngine {
  readonly statistics: Statistics
  readonly #options: EngineOptions
  readonly #clock: Clock
  readonly #now: () => number
  readonly #log = new InvalidationLog()
  readonly #flights = new Flights(this.#log)
  readonly #lookups = new Map<string, Lookup>()
  readonly #memory: MemoryTier
  readonly #shared: SharedTier | undefined
  readonly #outbox: Outbox
  readonly #tiers: Tiers
  readonly #peers: Peers | undefined
  #closing: Promise<void> | undefined

  constructor(options: EngineOptions) {
    const { memory, store, bus, namespace, clock, createId, timeout, rest } = options
    this.#options = options
    this.#clock = clock
    this.#now = coarseNow(clock)
    this.statistics = new Statistics(namespace)
    this.#memory = new MemoryTier({
      ...memory,
      log: this.#log,
      now: () => clock.now(),
      onEvict: () => this.statistics.count('evictions'),
      isNeeded: (id) => this.#flights.dependOn(id),
    })
    const common = { namespace, clock, createId, timeout, rest }
    this.#shared =
      store && new SharedTier({ ...common, store, onFailure: (error) => this.statistics.reportFailure('store', error) })
    this.#outbox = new Outbox({
      end: this.#shared && ((labels) => this.#endInStore(labels)),
      announce: bus && ((labels, isPending) => this.#announce(labels, isPending)),
      clock,
      rest,
    })
    this.#tiers = new Tiers({
      ...options,
      memory: this.#memory,
      shared: this.#shared,
      log: this.#log,
      statistics: this.statistics,
      settle: () => this.#outbox.settle(),
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
    const entry = this.#tiers.findFresh(id, this.#now)
    if (entry === undefined) return undefined
    this.statistics.hitMemory()
    return (entry.answer ??= Promise.resolve(entry.value))
  }

  /** A fresh value in the store. Callers at the same time share one look, unless something has outdated it. */
  lookUp(scope: Scope, id: string): Promise<unknown> {
    this.expectOpen()
    const current = this.#lookups.get(id)
    if (current !== undefined && !this.#log.isOutdated(current)) return current.result
    const closure = new Closure([...scope.labels, keyLabel(id)])
    const lookup: Lookup = { beginning: this.#log.begin(), closure, result: Promise.resolve() }
    this.#lookups.set(id, lookup)
    lookup.result = this.#lookUpAlone(id, lookup).finally(() => {
      if (this.#lookups.get(id) === lookup) this.#lookups.delete(id)
    })
    return lookup.result
  }

  /** The value of a load: of the one in progress, or of a new one. */
  load(request: KeepRequest, load: Load, patience: Patience | undefined): Promise<unknown> {
    this.expectOpen()
    const { id } = request
    const asking = Flight.current
    const running = this.#flights.find(id)
    if (asking !== undefined && running?.isWaitingFor(asking)) throw new LoadCycleError()
    const flight = running ?? this.#flights.open(request)
    const leave = asking?.await(flight)
    if (running === undefined) this.#flights.start(id, flight, () => this.#fill(flight, request, load))
    const answer = this.#answer(flight, id, patience)
    if (leave !== undefined) answer.then(leave, leave)
    return answer
  }

  /** Ends what there is under a key and all that depends on it, and keeps `value` instead. */
  async set(request: KeepRequest, value: unknown): Promise<void> {
    this.expectOpen()
    if (this.#shared !== undefined) expectJson(value)
    const ending = this.end([keyLabel(request.id), dependencyLabel(request.id)])
    const flight = this.#flights.open(request)
    this.#flights.start(request.id, flight, () => this.#write(flight, request, value))
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
      // It has been counted and told as an event, and is tried again.
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

  async #lookUpAlone(id: string, lookup: Lookup): Promise<unknown> {
    if (this.#peers?.opening !== undefined) await this.#peers.opening
    const finding = await this.#tiers.search(id, [...lookup.closure.labels], lookup)
    this.statistics.count(finding?.fresh === undefined ? 'misses' : 'storeHits')
    return finding?.fresh?.value
  }

  #answer(flight: Flight, id: string, patience: Patience | undefined): Promise<unknown> {
    if (patience !== undefined) {
      return waitFor(flight, patience, { clock: this.#clock, findStale: (limit) => this.#findStale(id, limit) })
    }
    flight.join()
    return flight.result
  }

  #findStale(id: string, limit: number) {
    const entry = this.#tiers.findStale(id, limit)
    if (entry !== undefined) this.statistics.count('staleHits')
    return entry
  }

  async #fill(flight: Flight, request: KeepRequest, load: Load): Promise<unknown> {
    if (this.#peers?.opening !== undefined) await this.#peers.opening
    const finding = this.#tiers.isShared
      ? await this.#tiers.search(request.id, [...flight.closure.labels], flight)
      : undefined
    if (finding?.fresh !== undefined) {
      this.statistics.count('storeHits')
      return finding.fresh.value
    }
    flight.reportSearched()
    this.statistics.count('misses')
    if (finding !== undefined) await this.#tiers.claim(flight.closure, finding, request)
    this.#tiers.inherit(flight)
    flight.signal.throwIfAborted()
    const value = await runLoad(load, flight, {
      clock: this.#clock,
      statistics: this.statistics,
      isShared: this.#tiers.isShared,
    })
    await this.#tiers.keep(flight, request, value)
    return value
  }

  async #write(flight: Flight, request: KeepRequest, value: unknown): Promise<unknown> {
    if (this.#peers?.opening !== undefined) await this.#peers.opening
    if (this.#tiers.isShared) {
      // Its value has been there since it was opened, however late the store answers.
      const finding = await this.#tiers.search(request.id, [...flight.closure.labels])
      if (finding !== undefined) await this.#tiers.claim(flight.closure, finding, request)
    }
    await this.#tiers.keep(flight, request, value)
    return value
  }

  #endHere(labels: readonly Label[], origin: 'here' | 'elsewhere'): void {
    this.#log.end(labels)
    this.#memory.end(labels)
    this.statistics.reportInvalidation(origin, labels.length)
  }

  async #endInStore(labels: ReadonlySet<Label>): Promise<void> {
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
