import { abortable } from '@empire/clock'
import type { IngestStep } from './dead-letter.ts'
import type { IngestSettings } from './ingest-settings.ts'
import { retryStep, type StepFailure } from './retry-step.ts'
import { stepError } from './step-error.ts'
import type { Tally } from './tally.ts'

/** Asks the sink for something that is not about one item, again if need be; gives what came in between. */
export async function askSink(
  settings: IngestSettings,
  tally: Tally,
  step: IngestStep,
  task: () => Promise<void>,
): Promise<StepFailure | undefined> {
  const { signal, source } = settings
  const asked = await retryStep(
    settings,
    async (failure) => {
      try {
        await abortable(task(), signal)
      } catch (error) {
        signal?.throwIfAborted()
        throw failure.at(step, stepError(step, source.name, error))
      }
    },
    (failed) => tally.tell({ type: 'retry', id: undefined, path: source.name, ...failed }),
  )
  return asked.ok ? undefined : asked.failed
}
