import { expectKnownKeys } from '@empire/errors'
import { checkSteps } from './check-steps.ts'
import { expectStore, expectType } from './expect-option.ts'
import type { RecordStore } from './record-store.ts'
import { RecordDamagedError } from './record-damaged-error.ts'
import type { RecordedStep } from './run-step.ts'

/** Which steps are read. */
export interface ReadStepsOptions {
  /** Only the steps of this run. Default: of all. */
  readonly run?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The steps of a store in the order in which they were recorded, verified as they are read.
 *
 * A damage throws `record_damaged`; a last line that was cut off while it was written is left out.
 */
export async function* readSteps(store: RecordStore, options: ReadStepsOptions = {}): AsyncGenerator<RecordedStep> {
  expectStore(store)
  expectKnownKeys('"options"', options, ['run', 'signal'])
  const { run, signal } = options
  if (run !== undefined) expectType('run', run, 'string')
  signal?.throwIfAborted()
  const contents = new Map<string, string>()
  for await (const { stored, step, problems } of checkSteps(store.read())) {
    signal?.throwIfAborted()
    const [problem] = problems
    if (problem?.part === 'torn') continue
    if (problem !== undefined || step === undefined || 'damage' in stored) {
      throw new RecordDamagedError(stored.place, problem?.message ?? 'there is no step')
    }
    for (const { hash, text } of stored.contents) contents.set(hash, text)
    if (run !== undefined && step.run !== run) continue
    const { previous: _, inputs, output, ...rest } = step
    yield {
      ...rest,
      ...(inputs === undefined ? {} : { inputs: JSON.parse(contents.get(inputs) ?? 'null') as unknown }),
      ...(output === undefined ? {} : { output: JSON.parse(contents.get(output) ?? 'null') as unknown }),
    }
  }
}
