import { systemClock } from '@empire/clock'
import { checkRunOptions } from './check-run-options.ts'
import { loadPolicies } from './load-policies.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import type { Plan } from './planned-step.ts'
import type { RunOptions } from './run-options.ts'
import type { RunResult } from './run-result.ts'
import { runGraph } from './run-graph.ts'
import { telemetry } from './step-telemetry.ts'
import { validateInput } from './validate-input.ts'

const noOptions: RunOptions = Object.freeze({})

/** One run from unchecked arguments to the result, inside its span. */
export async function runPlan(
  plan: Plan,
  shape: PipelineShape,
  input: unknown,
  options: RunOptions = noOptions,
): Promise<RunResult<Record<string, unknown>>> {
  if (options !== noOptions) checkRunOptions('run', options)
  const { signal, onEvent, observers, suspend, clock = systemClock, random = Math.random } = options
  const { runId = crypto.randomUUID(), journal, migrate } = options
  if (journal === undefined) signal?.throwIfAborted()
  suspend?.throwIfAborted()
  const attributes = { 'empire.pipeline.name': plan.root }
  return telemetry.withSpan(`pipeline ${plan.root}`, { attributes, signal }, async () => {
    const checked = plan.schema === undefined ? input : await validateInput(plan.root, plan.schema, input)
    const loading = plan.hasPolicies ? loadPolicies() : undefined
    const policies = loading instanceof Promise ? await loading : loading
    const settings = { runId, shape, clock, random, policies, onEvent, observers }
    suspend?.throwIfAborted()
    if (journal === undefined) {
      signal?.throwIfAborted()
      return runGraph(plan, checked, settings, { signal })
    }
    const { runJournalled } = await import('./run-journalled.ts')
    return runJournalled(plan, { shape, input, checked, journal, migrate, signal, suspend, settings })
  })
}
