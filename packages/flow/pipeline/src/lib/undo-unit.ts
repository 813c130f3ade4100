import type { FailedAttempt } from '@empire/resilience'
import type { NotUndone } from './journal-entry.ts'
import type { PlannedCompensation, Timeout, Work } from './planned-step.ts'
import type { RestoredUnit } from './restore-entries.ts'
import { telemetry } from './step-telemetry.ts'
import { storeReason } from './store-reason.ts'
import type { Task, Told } from './task.ts'

/** A unit of work that has acted, or may have. */
export interface ActedUnit extends Task {
  /** Whether a call that is no longer waited for may still act. */
  readonly isDeaf: boolean
  /** What its functions are given. */
  context(signal: AbortSignal, attempt: number): object
  /** Calls when its limits allow, and waits for as long as the time allows. */
  callGuarded(
    timeout: Timeout | undefined,
    signal: AbortSignal,
    prepare: () => Told,
    call: (signal: AbortSignal) => unknown,
  ): Promise<unknown>
  /** @param before How often it was attempted before the run was resumed. */
  tellRetry(type: 'step-retry' | 'compensate-retry', before: number, failed: FailedAttempt): void
}

/** Undoes a unit of work; or names it as what is left. */
export function undoUnit(
  unit: ActedUnit,
  { compensate, irreversible }: Work,
  restored: RestoredUnit | undefined,
): Told {
  if (restored?.undo === 'done') return undefined
  if (irreversible) leave(unit, 'irreversible')
  if (compensate === undefined) return undefined
  if (restored?.undo !== 'failed') return compensateUnit(unit, compensate, restored?.undoAttempts ?? 0)
  leave(unit, 'compensation-failed', restored.undoMessage)
  return undefined
}

function leave({ run, key, status }: ActedUnit, why: NotUndone['why'], message?: string): void {
  run.notUndone.push({ step: key, why, completed: status === 'completed', ...(message !== undefined && { message }) })
}

/** @param before How often it was attempted before the run was resumed. */
async function compensateUnit(unit: ActedUnit, compensation: PlannedCompensation, before: number): Promise<void> {
  const { run, key, step } = unit
  const { undoSignal: signal, policies } = run
  const { path } = step
  const startedAt = run.now()
  let last = before

  const attempt = (number: number): Promise<unknown> =>
    unit.callGuarded(
      compensation.timeout,
      signal,
      () => {
        last = before + number
        const began = { type: 'compensate-start', key, attempt: last } as const
        const at = run.now()
        return run.note({ ...began, at }, { ...began, step: path }, unit)
      },
      (callSignal) => {
        const context = { ...unit.context(callSignal, last), output: unit.output }
        const { attributes } = step
        return telemetry.withSpan(`undo ${path}`, { attributes, signal }, () => compensation.run(context as never))
      },
    )

  try {
    const onRetry = (failed: FailedAttempt): void => unit.tellRetry('compensate-retry', before, failed)
    if (policies === undefined || compensation.retry === undefined) await attempt(1)
    else await policies.attemptUndo(attempt, compensation.retry, { run, signal, onRetry })
  } catch (error) {
    if (!run.halted) await noteFailure(error)
    return
  }
  const at = run.now()
  const ended = { step: path, key, attempt: last, duration: at - startedAt }
  await run.note({ type: 'compensate-end', key, at }, { type: 'compensate-end', ...ended }, unit)
  if (unit.isDeaf) leave(unit, 'still-running')

  async function noteFailure(error: unknown): Promise<void> {
    const failedAt = run.now()
    const stored = storeReason(error)
    leave(unit, 'compensation-failed', stored.type === 'error' ? stored.message : undefined)
    run.compensationFailures.push({ step: key, error })
    const type = 'compensate-failed'
    const details = { type, step: path, key, attempt: last, duration: failedAt - startedAt, error } as const
    await run.note({ type, key, at: failedAt, error: stored }, details, unit)
  }
}
