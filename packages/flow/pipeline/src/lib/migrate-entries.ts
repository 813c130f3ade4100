import { describeValue } from '@empire/errors'
import type { JournalSession } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { Migrate } from './migrate.ts'
import { PipelineChangedError } from './pipeline-changed-error.ts'
import type { PipelineShape } from './pipeline-shape.ts'
import { expectJson } from './expect-json.ts'
import { shapeDifferences } from './shape-differences.ts'

interface Migration {
  readonly from: PipelineShape
  readonly to: PipelineShape
  readonly migrate: Migrate | undefined
  readonly at: number
  readonly fingerprint: string
}

/** The entries as the author's migration makes them, once the journal has them. */
export async function migrateEntries(
  session: JournalSession,
  entries: readonly JournalEntry[],
  { from, to, migrate, at, fingerprint }: Migration,
): Promise<readonly JournalEntry[]> {
  const differences = shapeDifferences(from, to)
  if (migrate === undefined) throw new PipelineChangedError(to.name, session.run.runId, differences)
  const migrated: unknown = await migrate(entries, { from, to, differences })
  if (!Array.isArray(migrated)) {
    throw new TypeError(`run: "migrate" must give an array of entries, got ${describeValue(migrated)}.`)
  }
  expectJson(migrated, 'What "migrate" gives')
  for (const entry of migrated as readonly JournalEntry[]) expectOfPipeline(entry, to)
  const kept: JournalEntry = { type: 'migrated', at, fingerprint, shape: to, entries: migrated as JournalEntry[] }
  await session.append(kept)
  return [...session.entries, kept]
}

function expectOfPipeline(entry: JournalEntry, { name, steps }: PipelineShape): void {
  const key = 'key' in entry ? entry.key : undefined
  if (key === undefined) return
  const first = key.split('/')[0]?.replace(/\[\d+\]$/, '')
  if (steps.some((step) => step.name === first)) return
  throw new TypeError(
    `run: "migrate" gave an entry of ${JSON.stringify(key)}, and pipeline ${JSON.stringify(name)} has no such step. Drop it, or give it another key.`,
  )
}
