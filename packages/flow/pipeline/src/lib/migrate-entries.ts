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
  for (const entry of migrated as readonly JournalEntry[]) expectEntry(entry, to)
  const kept: JournalEntry = { type: 'migrated', at, fingerprint, shape: to, entries: unended(migrated) }
  await session.append(kept)
  return [...session.entries, kept]
}

/** One that had completed goes on with what its pipeline has got since, and ends anew. */
function unended(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  return entries.filter((entry) => entry.type !== 'run-end' || entry.status !== 'completed')
}

/** Whether entries of a type have a key; `run-end` has none, and those of rollbacks may have one. */
const hasKey: Readonly<Record<Exclude<JournalEntry['type'], 'migrated'>, boolean>> = {
  'step-start': true,
  'step-end': true,
  'step-skipped': true,
  'step-failed': true,
  'step-aborted': true,
  'rollback-start': false,
  'compensate-start': true,
  'compensate-end': true,
  'compensate-failed': true,
  'run-end': false,
}

function expectEntry(entry: Partial<JournalEntry> | null, { name, steps }: PipelineShape): void {
  const { type = '', at, key } = (entry ?? {}) as { type?: string; at?: unknown; key?: unknown }
  if (!Object.hasOwn(hasKey, type) || typeof at !== 'number') {
    throw new TypeError(
      `run: "migrate" must give entries with a "type" of those it was given and a time "at", got ${describeValue(type === '' ? entry : type)}.`,
    )
  }
  if (key === undefined && !hasKey[type as keyof typeof hasKey]) return
  if (typeof key !== 'string') {
    throw new TypeError(`run: "migrate" must give each ${type} a "key", got ${describeValue(key)}.`)
  }
  const first = key.split('/')[0]?.replace(/\[\d+\]$/, '')
  if (steps.some((step) => step.name === first)) return
  throw new TypeError(
    `run: "migrate" gave an entry of ${JSON.stringify(key)}, and pipeline ${JSON.stringify(name)} has no such step. Drop it, or give it another key.`,
  )
}
