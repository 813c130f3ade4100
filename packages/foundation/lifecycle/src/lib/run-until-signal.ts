import { type Clock, systemClock } from '@empire/clock'
import { describeValue, EmpireError } from '@empire/errors'
import type { Supervisor } from './supervisor.ts'

/** Which signals end the process, and how long it may take. */
export interface RunUntilSignalOptions {
  /** Default: `SIGINT` and `SIGTERM`. */
  readonly signals?: readonly string[] | undefined
  /** How long stopping may take before all children are cut off, in milliseconds. Default: 10,000. */
  readonly deadline?: number | undefined
  /** Who tells of the signals. Default: `process`. */
  readonly process?: SignalSource | undefined
  /** Default: the time of the platform. */
  readonly clock?: Clock | undefined
}

/** What is needed of `process`. */
export interface SignalSource {
  /** Calls `listener` at each such signal. */
  on(signal: string, listener: () => void): unknown
  /** Calls it no more. */
  off(signal: string, listener: () => void): unknown
}

/**
 * Starts a supervisor, and stops it at the first signal: until then the process goes on, whatever its children do. At the
 * second signal, or after the deadline, its children are cut off. Resolves when all have stopped.
 *
 * Rejects when the supervisor does not start, or gives up, or children are stuck: with a top-level `await`, that ends the
 * process with the error and the code 1, whoever is stuck.
 */
export async function runUntilSignal(supervisor: Supervisor, options: RunUntilSignalOptions = {}): Promise<void> {
  const { signals = ['SIGINT', 'SIGTERM'], deadline = 10_000, process: source = process, clock = systemClock } = options
  expectMethods('supervisor', supervisor, ['start', 'stop'])
  expectMethods('process', source, ['on', 'off'])
  expectMethods('clock', clock, ['sleep'])
  if (!Array.isArray(signals) || signals.some((signal) => typeof signal !== 'string')) {
    throw new TypeError(`"signals" must be an array of names such as "SIGTERM", got ${describeValue(signals)}.`)
  }
  if (!(typeof deadline === 'number' && deadline >= 0 && deadline <= 2 ** 31 - 1)) {
    throw new TypeError(
      `"deadline" must be a number of milliseconds from 0 to ${2 ** 31 - 1}, got ${describeValue(deadline)}.`,
    )
  }
  const force = new AbortController()
  const sleeper = new AbortController()
  let stopping: Promise<void> | undefined

  function stop(): void {
    if (stopping !== undefined) return force.abort()
    stopping = supervisor.stop(force.signal)
    // It is looked at below, as soon as the supervisor has ended.
    stopping.catch(() => {})
    clock.sleep(deadline, { signal: sleeper.signal }).then(
      () => force.abort(),
      () => {},
    )
  }

  // Listening to signals alone keeps no process of Node alive: it would end, with code 13, while it waits for one.
  const alive = setInterval(() => {}, 2 ** 31 - 1)
  try {
    for (const signal of signals) source.on(signal, stop)
    const { ended } = await supervisor.start()
    await ended
  } catch (error) {
    // To be stopped while it starts is no failure.
    if (stopping === undefined || EmpireError.isInstance(error)) throw error
  } finally {
    // What has been asked to stop has its time until the end.
    await stopping?.catch(() => {})
    sleeper.abort()
    clearInterval(alive)
    for (const signal of signals) source.off(signal, stop)
  }
  await stopping
}

function expectMethods(name: string, value: unknown, methods: readonly string[]): void {
  const object = value as Readonly<Record<string, unknown>> | null | undefined
  if (methods.every((method) => typeof object?.[method] === 'function')) return
  throw new TypeError(
    `"${name}" must have ${methods.map((method) => `${method}()`).join(' and ')}, got ${describeValue(value)}.`,
  )
}
