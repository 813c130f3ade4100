import { EmpireError } from '@empire/errors'
import { contentHash, findJsonDifference } from '@empire/record'
import { expectJson } from './expect-json.ts'
import type { Journal, JournalSession, StoredRun } from './journal.ts'
import { JournalFailedError } from './journal-failed-error.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { Migrate } from './migrate.ts'
import { migrateEntries } from './migrate-entries.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import { effectiveEntries, type RestoredUnit, restoreEntries } from './restore-entries.ts'
import { restoreFailure, restoreStop } from './restore-stop.ts'
import { RunInputChangedError } from './run-input-changed-error.ts'
import type { Stop } from './run-state.ts'

interface RunToOpen {
  readonly pipeline: string
  readonly runId: string
  readonly shape: PipelineShape
  readonly input: unknown
  readonly at: number
  readonly migrate: Migrate | undefined
}

/** A run that was taken from a journal, with what is known of it. */
export interface OpenedRun {
  readonly session: JournalSession
  /** `undefined` for a new run. */
  readonly restored: Map<string, RestoredUnit> | undefined
  /** Why it was stopping. */
  readonly stop: Stop | undefined
  readonly isEnded: boolean
  /** How it ended, if not well. */
  readonly failure: { readonly reason: unknown } | undefined
}

/**
 * Takes a run for this process, and sees that it is the same one: pipeline and input.
 *
 * @throws {PipelineChangedError} When it is of another definition and nobody migrates it.
 * @throws {RunInputChangedError} When it was begun with another input.
 */
export async function openRun(
  journal: Journal,
  { pipeline, runId, shape, input, at, migrate }: RunToOpen,
): Promise<OpenedRun> {
  expectJson(input, `The input of pipeline ${JSON.stringify(pipeline)}`)
  const fingerprint = contentHash(shape)
  const given = input === undefined ? undefined : { input }
  const session = await ask(() => journal.open({ runId, pipeline, fingerprint, shape, at, ...given }), pipeline, runId)
  try {
    const { run } = session
    let { entries } = session
    const known = latestDefinition(session)
    if (known.fingerprint !== fingerprint) {
      entries = await migrateEntries(session, effectiveEntries(entries), {
        from: known.shape,
        to: shape,
        migrate,
        at,
        fingerprint,
      })
    }
    if (findJsonDifference(run.input, input) !== undefined) throw new RunInputChangedError(pipeline, runId)
    return restoreRun(session, effectiveEntries(entries), pipeline)
  } catch (error) {
    await session.release()
    throw error
  }
}

/** What a journal has of a run. @throws {JournalFailedError} */
export async function readRun(journal: Journal, pipeline: string, runId: string): Promise<StoredRun | undefined> {
  return await ask(() => journal.read(runId), pipeline, runId)
}

async function ask<Answer>(question: () => Answer | Promise<Answer>, pipeline: string, runId: string): Promise<Answer> {
  try {
    return await question()
  } catch (error) {
    throw EmpireError.isInstance(error) ? error : new JournalFailedError(pipeline, runId, error)
  }
}

function latestDefinition({ run, entries }: JournalSession): { fingerprint: string; shape: PipelineShape } {
  const migration = entries.findLast(({ type }) => type === 'migrated')
  return migration?.type === 'migrated' ? migration : run
}

function restoreRun(session: JournalSession, entries: readonly JournalEntry[], pipeline: string): OpenedRun {
  const { run } = session
  if (session.entries.length === 0) {
    return { session, restored: undefined, stop: undefined, isEnded: false, failure: undefined }
  }
  const restored = restoreEntries(entries)
  const stop = restoreStop(entries, { pipeline, runId: run.runId, shape: run.shape })
  const last = entries.at(-1)
  const isEnded = last?.type === 'run-end'
  const failure =
    isEnded && last.status !== 'completed' ? restoreFailure(last, stop, { pipeline, runId: run.runId }) : undefined
  return { session, restored, stop, isEnded, failure }
}
