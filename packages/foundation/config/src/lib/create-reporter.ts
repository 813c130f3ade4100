import { describeValue } from '@empire/errors'
import { configEvents } from './config-events.ts'

/** Tells what went wrong where nobody waits. Never throws. */
export type Reporter = (of: 'reload' | 'watch' | 'listener' | 'bus', error: unknown) => void

export function createReporter(onError: (error: unknown) => unknown = warn): Reporter {
  return (of, error) => {
    configEvents.failure.publish({ of, error })
    void tell(error)
  }

  async function tell(error: unknown): Promise<void> {
    try {
      await onError(error)
    } catch (failure) {
      // Nobody is left to be told but the process: a watcher must not end it.
      warn(failure)
    }
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : `An error was expected, got ${describeValue(error)}.`)
}
