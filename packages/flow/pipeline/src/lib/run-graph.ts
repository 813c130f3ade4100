import { onAbort } from '@empire/clock'
import { Graph } from './graph.ts'
import { leftBehind } from './left-behind.ts'
import type { Plan } from './planned-step.ts'
import { RollbackIncompleteError } from './rollback-incomplete-error.ts'
import type { RunResult } from './run-result.ts'
import { type RunSettings, RunState } from './run-state.ts'
import type { FinishedStep } from './step-report.ts'
import type { RunEndStatus } from './journal-entry.ts'

interface Signals {
  readonly signal?: AbortSignal | undefined
  readonly suspend?: AbortSignal | undefined
}

type Result = RunResult<Record<string, unknown>>

/** Runs the steps of a pipeline, and undoes what they did if that is how it ends. */
export async function runGraph(
  plan: Plan,
  input: unknown,
  settings: RunSettings,
  { signal, suspend }: Signals,
): Promise<Result> {
  const run = new RunState(plan, settings)
  const graph = new Graph(run, plan, input)
  run.notStarted = () => graph.notStarted()
  const stopListening = [
    signal && onAbort(signal, () => run.stopFor({ status: 'aborted', reason: signal.reason })),
    suspend && onAbort(suspend, () => run.stopFor({ status: 'halted', reason: suspend.reason })),
  ]
  const startedAt = run.now()
  let endedAt: number | undefined
  try {
    // No promise is waited for that need not be: steps that need nothing begin before `run` returns.
    const { restored, shape } = settings
    const told = run.emit(startedAt, { type: 'run-start', resumed: restored !== undefined, shape })
    if (told !== undefined) await told
    const working = graph.start()
    if (working !== undefined) await working
    await run.settleListeners()
    // Here and not later, for the clock may stop the run as well.
    if (run.stop === undefined) endedAt = run.now()
    if (run.stop !== undefined) await rollBack(run, plan, graph)
  } finally {
    for (const stop of stopListening) stop?.()
  }
  const hasStopped = run.stop !== undefined
  await tellEnd(run, graph, startedAt, endedAt)
  if (run.stop !== undefined && !hasStopped) {
    // Who hears of the end may still refuse it.
    await rollBack(run, plan, graph)
    await tellEnd(run, graph, startedAt)
  }
  return resultOf(run, graph)
}

async function rollBack(run: RunState, plan: Plan, graph: Graph): Promise<void> {
  if (run.halted) return
  await run.stopWritten
  if (!graph.hasEffect() && leftBehind(run, plan).length === 0) return
  const startedAt = run.now()
  await run.emit(startedAt, { type: 'rollback-start', reason: run.stop?.reason })
  await graph.undo()
  run.notUndone.push(...leftBehind(run, plan))
  if (run.halted) return
  const at = run.now()
  await run.emit(at, { type: 'rollback-end', duration: at - startedAt, notUndone: run.notUndone })
}

async function tellEnd(run: RunState, graph: Graph, startedAt: number, at = run.now()): Promise<void> {
  const status = statusOf(run)
  if (status !== 'suspended') {
    const left = run.notUndone.length === 0 ? undefined : { notUndone: run.notUndone }
    await run.write({ type: 'run-end', at, status, ...left })
  }
  await run.emit(at, { type: 'run-end', duration: at - startedAt, status: statusOf(run), steps: graph.reports() })
  await run.settleListeners()
}

function resultOf(run: RunState, graph: Graph): Result {
  const { stop, notUndone, runId } = run
  if (stop === undefined) return { runId, outputs: graph.outputs(), steps: graph.reports() as FinishedStep[] }
  if (stop.status === 'halted' || notUndone.length === 0) throw stop.reason
  const { pipeline, compensationFailures: failures } = run
  throw new RollbackIncompleteError({ pipeline, runId, cause: stop.reason, notUndone, failures })
}

function statusOf(run: RunState): RunEndStatus | 'suspended' {
  if (run.stop === undefined) return 'completed'
  if (run.stop.status === 'halted') return 'suspended'
  return run.notUndone.length > 0 ? 'rollback-incomplete' : run.stop.status
}
