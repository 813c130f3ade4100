import type { PipelineExecutor } from './pipeline-executor.ts'
import { durableCases } from './executor-cases/durable-cases.ts'
import { eventCases } from './executor-cases/event-cases.ts'
import type { CaseDefinition, ExecutorCase, ExecutorPlace } from './executor-cases/executor-case.ts'
import { flowCases } from './executor-cases/flow-cases.ts'
import { rollbackCases } from './executor-cases/rollback-cases.ts'

/** The executor under test. */
export interface ExecutorCasesOptions {
  /** A place of its own for each case, empty at first. */
  create(): ExecutorPlace | Promise<ExecutorPlace>
  /** Whether runs survive the executor: `close` in mid-run, then `open` and the same `runId` go on. Default: `false`. */
  readonly durable?: boolean | undefined
  /** Whether `onEvent` hears of all that happens. Default: `true`. */
  readonly events?: boolean | undefined
}

/** What pipelines need of an executor, for any test runner: `for (const { name, run } of executorCases({ create })) it(name, run)`. */
export function executorCases({ create, durable = false, events = true }: ExecutorCasesOptions): ExecutorCase[] {
  const cases = [...flowCases, ...rollbackCases, ...(events ? eventCases : []), ...(durable ? durableCases : [])]
  return cases.map(({ name, run }) => ({ name, run: () => runCase(create, run) }))
}

async function runCase(create: ExecutorCasesOptions['create'], run: CaseDefinition['run']): Promise<void> {
  const place = await create()
  let executor: PipelineExecutor | undefined
  try {
    await run(async (...pipelines) => {
      await executor?.close()
      return (executor = await place.open(pipelines))
    })
  } finally {
    await executor?.close()
    await place.dispose?.()
  }
}
