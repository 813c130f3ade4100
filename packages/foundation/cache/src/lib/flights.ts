import { Closure } from './closure.ts'
import { Flight } from './flight.ts'
import type { InvalidationLog } from './invalidation-log.ts'
import type { KeepRequest } from './keep-request.ts'
import { dependencyLabel, keyLabel } from './label.ts'

/** The loads in progress, at most one for each key that callers may still join. */
export class Flights {
  readonly #flights = new Map<string, Flight>()
  readonly #log: InvalidationLog

  constructor(log: InvalidationLog) {
    this.#log = log
  }

  /** The load in progress, if nothing has outdated it or a load that it may be waiting for. */
  find(id: string): Flight | undefined {
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

  /** Begins a load, which takes the place of the one in progress. */
  launch(request: KeepRequest, work: (flight: Flight) => Promise<unknown>): Flight {
    const { id, scope, tags, dependencies } = request
    // Whoever waits for the one that is replaced is as outdated as it is.
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

  abort(reason: unknown): void {
    for (const flight of this.#flights.values()) flight.abort(reason)
  }
}
