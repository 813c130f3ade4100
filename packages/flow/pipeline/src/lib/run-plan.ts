import { describeValue } from '@empire/errors'
import type { Plan } from './create-plan.ts'
import { PipelineRun } from './pipeline-run.ts'
import type { RunOptions, RunResult } from './run-result.ts'
import { telemetry } from './step-telemetry.ts'
import { validateInput } from './validate-input.ts'

const platformClock = (): number => performance.timeOrigin + performance.now()

/** One run from unchecked arguments to the result, inside its span. */
export async function runPlan(
  plan: Plan,
  input: unknown,
  options: RunOptions = {},
): Promise<RunResult<Record<string, unknown>>> {
  const { signal, onEvent, now = platformClock } = options
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new TypeError(`run: "signal" must be an AbortSignal, got ${describeValue(signal)}.`)
  }
  if (onEvent !== undefined && typeof onEvent !== 'function') {
    throw new TypeError(`run: "onEvent" must be a function, got ${describeValue(onEvent)}.`)
  }
  if (typeof now !== 'function') {
    throw new TypeError(`run: "now" must be a function, got ${describeValue(now)}.`)
  }
  signal?.throwIfAborted()
  const attributes = { 'empire.pipeline.name': plan.pipeline }
  return telemetry.withSpan(`pipeline ${plan.pipeline}`, { attributes, signal }, async () => {
    const checked = plan.schema === undefined ? input : await validateInput(plan.pipeline, plan.schema, input)
    signal?.throwIfAborted()
    return new PipelineRun(plan, checked, { signal, onEvent, now }).start()
  })
}
