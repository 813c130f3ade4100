import type { NotUndone } from './journal-entry.ts'
import type { Plan, PlannedStep } from './planned-step.ts'
import type { RunState } from './run-state.ts'

/**
 * What the journal knows of and the rollback did not come to: a collection or an input could not be made again when the run was
 * resumed, and with it the units of work.
 */
export function leftBehind(run: RunState, plan: Plan): NotUndone[] {
  const left: NotUndone[] = []
  for (const [key, { attempts, state, undo }] of run.unclaimed()) {
    const step = attempts > 0 && undo !== 'done' ? findStep(plan, key) : undefined
    if (step === undefined || step.kind === 'pipeline') continue
    const { compensate, irreversible } = step.work
    if (compensate === undefined && !irreversible) continue
    const message = 'After the run was resumed, what it was done for could not be made again.'
    const why = irreversible ? 'irreversible' : 'compensation-failed'
    left.push({ step: key, why, completed: state === 'completed', message })
  }
  return left
}

/** The step that a key is of. */
function findStep(plan: Plan, key: string): PlannedStep | undefined {
  let steps: readonly PlannedStep[] | undefined = plan.steps
  let found: PlannedStep | undefined
  for (const part of key.split('/')) {
    const name = part.replace(/\[\d+\]$/, '')
    found = steps?.find((step) => step.name === name)
    steps = found?.kind === 'pipeline' ? found.innerPlan.steps : undefined
  }
  return found
}
