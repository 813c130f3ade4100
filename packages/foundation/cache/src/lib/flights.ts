import { Closure } from './closure.ts'
import { Flight } from './flight.ts'
import type { InvalidationLog } from './invalidation-log.ts'
import type { KeepRequest } from './keep-request.ts'
import { dependencyLabel, keyLabel } from './label.ts'

/** The loads in progress, at most one for each key that callers may still join. */
export class Flights {
  readonly #flights = new Map<string, Flight>()
  /** Those that were replaced, too. */
  readonly #running = new Set<Flight>()
  /** For each key the number of loads in progress that depend on it. */
  readonly #dependents = new Map<string, number>()
  readonly #log: InvalidationLog

  constructor(log: InvalidationLog) {
    this.#log = log
  }

  /** Whether a load in progress depends on a key. */
  dependOn(id: string): boolean {
    return this.#dependents.has(id)
  }

  /** The load in progress, if nothing has outdated it or a load that it may be waiting for. */
  find(id: string): Flight | undefined {
    const flight = this.#flights.get(id)
    if (flight === undefined) return undefined
    const reachable = new Set([flight])
    for (const watch of reachable) {
      if (this.#log.isOutdated(watch)) return undefined
      for (const dependency of watch.dependencies) {
        const inner = this.#flights.get(dependency)
        if (inner !== undefined) reachable.add(inner)
      }
    }
    return flight
  }

  /** A load that takes the place of the one in progress, and begins with `start`. */
  open({ id, scope, tags, dependencies }: KeepRequest): Flight {
    // Whoever waits for the one that is replaced is as outdated as it is.
    if (this.#flights.has(id)) this.#log.end([dependencyLabel(id)])
    const closure = new Closure([...scope.labels, keyLabel(id), ...tags, ...dependencies.map(dependencyLabel)])
    const flight = new Flight(this.#log.begin(), closure, dependencies)
    this.#flights.set(id, flight)
    return flight
  }

  start(id: string, flight: Flight, work: () => Promise<unknown>): void {
    for (const dependency of flight.dependencies) this.#count(dependency, 1)
    this.#running.add(flight)
    flight.start(work, () => {
      for (const dependency of flight.dependencies) this.#count(dependency, -1)
      this.#running.delete(flight)
      if (this.#flights.get(id) === flight) this.#flights.delete(id)
    })
  }

  abort(reason: unknown): void {
    for (const flight of this.#running) flight.abort(reason)
  }

  #count(dependency: string, change: number): void {
    const count = (this.#dependents.get(dependency) ?? 0) + change
    if (count === 0) this.#dependents.delete(dependency)
    else this.#dependents.set(dependency, count)
  }
}
