import type { Journal } from './journal.ts'
import type { Migrate } from './migrate.ts'
import { openRun, readRun } from './open-run.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import type { Plan } from './planned-step.ts'
import { runGraph } from './run-graph.ts'
import type { RunResult } from './run-result.ts'
import type { RunSettings } from './run-state.ts'

interface JournalledRun {
  readonly shape: PipelineShape
  /** As the caller gave it, for the journal. */
  readonly input: unknown
  /** As the steps see it. */
  readonly checked: unknown
  readonly journal: Journal
  readonly migrate: Migrate | undefined
  readonly signal: AbortSignal | undefined
  readonly suspend: AbortSignal | undefined
  readonly settings: RunSettings
}

/** Begins a run in a journal, or goes on with it, or gives again how it ended. */
export async function runJournalled(
  plan: Plan,
  { shape, input, checked, journal, migrate, signal, suspend, settings }: JournalledRun,
): Promise<RunResult<Record<string, unknown>>> {
  const { runId } = settings
  // What is aborted before it begins is not kept. One that has begun is undone.
  if (signal?.aborted === true && (await readRun(journal, plan.root, runId)) === undefined) throw signal.reason
  const at = settings.clock.now()
  const opened = await openRun(journal, { pipeline: plan.root, runId, shape, input, at, migrate })
  const { session, restored, stop, isEnded } = opened
  try {
    if (isEnded) signal?.throwIfAborted()
    suspend?.throwIfAborted()
    if (opened.failure !== undefined) throw opened.failure.reason
    // A run that has ended is told again, and not written.
    const kept = isEnded ? undefined : session
    return await runGraph(
      plan,
      checked,
      { ...settings, session: kept, restored, stop, isReplay: isEnded },
      { signal, suspend },
    )
  } finally {
    await session.release()
  }
}
