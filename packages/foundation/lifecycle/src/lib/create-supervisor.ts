import { systemClock } from '@empire/clock'
import { ChildRunner } from './child-runner.ts'
import { ChildStuckError } from './child-stuck-error.ts'
import { expectOptions, expectSignal } from './expect-options.ts'
import { addBranch, growTree } from './grow-tree.ts'
import type { Health } from './health.ts'
import { publishEvent } from './lifecycle-events.ts'
import { orderChildren } from './order-children.ts'
import { RestartHistory } from './restart-history.ts'
import { Supervision } from './supervision.ts'
import type { StartedSupervisor, Supervisor, SupervisorOptions } from './supervisor.ts'
import type { SupervisorEvent } from './supervisor-event.ts'
import { printTree, type Tree } from './tree.ts'

/**
 * A supervisor starts children in order, starts them again when they fail, and stops them in the reverse order.
 *
 * @throws {TypeError} for options that are none, children with the same name, and needs that are unknown or go in a circle.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  expectOptions(options)
  const { name, strategy = 'one-for-one', onEvent, clock = systemClock, healthTimeout = 5_000 } = options
  const { budget = { limit: 5, within: 60_000 }, backoff = {} } = options
  const { startTimeout = 30_000, stopTimeout = 5_000, forceTimeout = 1_000 } = options
  const runners = orderChildren(options.children).map(
    (child) => new ChildRunner(child, { clock, startTimeout, stopTimeout, forceTimeout, healthTimeout }),
  )
  let current: Supervision | undefined

  // Asynchronous, so that what it throws stops no child.
  async function report(event: SupervisorEvent): Promise<void> {
    publishEvent(event)
    onEvent?.(event)
  }

  async function start(signal?: AbortSignal): Promise<StartedSupervisor> {
    expectSignal(signal)
    signal?.throwIfAborted()
    if (current !== undefined && !current.isOver) {
      throw new TypeError(`"${name}" must not be started twice: stop() it first.`)
    }
    for (const runner of runners) runner.reset()
    const stuck = runners.filter(({ state }) => state === 'stuck').map(({ child }) => child.name)
    if (stuck.length > 0) throw new ChildStuckError(stuck)
    const history = new RestartHistory(budget, backoff)
    const supervision = new Supervision({ name, strategy, runners, budget, history, clock, onEvent: report })
    current = supervision
    linkAbort(signal, () => supervision.stop(signal?.reason), supervision)
    await supervision.ready.promise
    return { ended: supervision.ended.promise }
  }

  async function stop(signal?: AbortSignal): Promise<void> {
    expectSignal(signal)
    const supervision = current
    if (supervision === undefined) return
    supervision.stop()
    linkAbort(signal, () => supervision.forceStop(), supervision)
    const stuck = await supervision.stuck
    if (stuck.length === 0) return
    // Unless it has given up, its end says no more than this.
    if (supervision.state === 'stopped') supervision.ended.promise.catch(() => {})
    throw new ChildStuckError(stuck)
  }

  async function health(signal?: AbortSignal): Promise<Health> {
    expectSignal(signal)
    signal?.throwIfAborted()
    // So that a tree is asked level by level, however deep it is.
    await Promise.resolve()
    const children = await Promise.all(runners.map((runner) => runner.askHealth(signal)))
    return { isHealthy: children.every(({ isHealthy }) => isHealthy), children }
  }

  const branch = { describe: () => ({ name, state: current?.state ?? 'stopped', restarts: 0, strategy }), runners }
  const tree = (): Tree => growTree(branch)

  const supervisor: Supervisor = Object.freeze({
    name,
    needs: options.needs,
    restart: options.restart,
    startTimeout: Infinity,
    stopTimeout: Infinity,
    forceTimeout: Infinity,
    healthTimeout: Infinity,
    get isReady(): boolean {
      return current?.state === 'ready' && runners.every(({ isUsable }) => isUsable)
    },
    start,
    stop,
    health,
    tree,
    toString: () => printTree(tree()),
  })
  addBranch(supervisor, branch)
  return supervisor
}

/** Calls `callback` when the signal is aborted, for as long as the supervision lasts. */
function linkAbort(signal: AbortSignal | undefined, callback: () => void, { stuck }: Supervision): void {
  if (signal === undefined) return
  if (signal.aborted) return callback()
  signal.addEventListener('abort', callback, { once: true })
  void stuck.then(() => signal.removeEventListener('abort', callback))
}
