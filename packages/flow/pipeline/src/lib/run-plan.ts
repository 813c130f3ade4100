import { systemClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectFunction, expectObject, expectText } from './expect-option.ts'
import { loadPolicies } from './load-policies.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import type { Plan } from './planned-step.ts'
import type { RunOptions } from './run-options.ts'
import type { RunResult } from './run-result.ts'
import { runGraph } from './run-graph.ts'
import { telemetry } from './step-telemetry.ts'
import { validateInput } from './validate-input.ts'

const noOptions: RunOptions = Object.freeze({})

const known = ['runId', 'signal', 'onEvent', 'observers', 'journal', 'migrate', 'suspend', 'clock', 'random']

/** One run from unchecked arguments to the result, inside its span. */
export async function runPlan(
  plan: Plan,
  shape: PipelineShape,
  input: unknown,
  options: RunOptions = noOptions,
): Promise<RunResult<Record<string, unknown>>> {
  if (options !== noOptions) checkOptions(options)
  const { signal, onEvent, observers, suspend, clock = systemClock, random = Math.random } = options
  const { runId = crypto.randomUUID(), journal, migrate } = options
  signal?.throwIfAborted()
  suspend?.throwIfAborted()
  const attributes = { 'empire.pipeline.name': plan.root }
  return telemetry.withSpan(`pipeline ${plan.root}`, { attributes, signal }, async () => {
    const checked = plan.schema === undefined ? input : await validateInput(plan.root, plan.schema, input)
    const loading = plan.hasPolicies ? loadPolicies() : undefined
    const policies = loading instanceof Promise ? await loading : loading
    const settings = { runId, shape, clock, random, policies, onEvent, observers }
    signal?.throwIfAborted()
    suspend?.throwIfAborted()
    if (journal === undefined) return runGraph(plan, checked, settings, { signal })
    const { runJournalled } = await import('./run-journalled.ts')
    return runJournalled(plan, { shape, input, checked, journal, migrate, signal, suspend, settings })
  })
}

function checkOptions(options: RunOptions): void {
  expectObject('run: "options"', options as unknown, 'an object')
  expectKnownKeys('run: "options"', options, known)
  const { runId, signal, suspend, onEvent, observers, journal, migrate, clock, random } = options
  if (runId !== undefined) expectText('run: "runId"', runId)
  expectSignal('signal', signal)
  expectSignal('suspend', suspend)
  for (const [name, value] of Object.entries({ onEvent, migrate, random })) {
    if (value !== undefined) expectFunction(`run: "${name}"`, value)
  }
  if (observers !== undefined && !isListOf(observers, 'observe')) {
    throw new TypeError(`run: "observers" must be an array of objects with observe(), got ${describeValue(observers)}.`)
  }
  if (journal !== undefined && typeof journal?.open !== 'function') {
    throw new TypeError(`run: "journal" must be a journal, got ${describeValue(journal)}.`)
  }
  if (clock !== undefined && (typeof clock?.now !== 'function' || typeof clock.sleep !== 'function')) {
    throw new TypeError(`run: "clock" must be an object with now() and sleep(), got ${describeValue(clock)}.`)
  }
  if (journal !== undefined) return
  if (suspend !== undefined) throw new TypeError('run: "suspend" needs a "journal", by which the run goes on later.')
  if (migrate !== undefined) throw new TypeError('run: "migrate" needs a "journal", whose entries it changes.')
}

function expectSignal(name: string, signal: AbortSignal | undefined): void {
  if (signal === undefined || typeof signal?.addEventListener === 'function') return
  throw new TypeError(`run: "${name}" must be an AbortSignal, got ${describeValue(signal)}.`)
}

function isListOf(list: unknown, method: string): boolean {
  if (!Array.isArray(list)) return false
  return list.every((each: unknown) => typeof (each as Record<string, unknown> | null)?.[method] === 'function')
}
