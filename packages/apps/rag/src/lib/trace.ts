import { type FileHandle, mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunObserver } from '@empire/pipeline'
import { createAudit, readAudit } from '@empire/pipeline/audit'
import { explainHtml } from '@empire/pipeline/explain'
import { createMemoryStore } from '@empire/record'
import { UsageError } from './usage-error.ts'

/** The page of a run that is yet to end. */
export interface Trace {
  readonly observers: readonly RunObserver[]
  readonly runId: string
  /** Writes the page, of a run that failed, too. */
  end(): Promise<void>
}

/**
 * Makes the file of a page, before anything else is done, and whatever was in it goes.
 *
 * @throws UsageError if it cannot be made.
 */
export async function startTrace(path: string): Promise<Trace> {
  const file = await openFile(path)
  const store = createMemoryStore()
  const runId = crypto.randomUUID()
  return {
    observers: [createAudit({ store })],
    runId,
    async end() {
      try {
        const run = await readAudit(store, runId)
        if (run !== undefined) await file.writeFile(explainHtml(run))
      } finally {
        await file.close()
      }
    },
  }
}

/** Where a page goes that nobody named a file for. */
export async function temporaryTrace(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'rag-')), 'trace.html')
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`The page ${path} cannot be written: ${reason}.`, { cause })
  }
}
