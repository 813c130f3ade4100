import { fileURLToPath } from 'node:url'
import { type CommandResult, runProcess } from '../rag-command.ts'

const worker = fileURLToPath(new URL('ingest-worker.ts', import.meta.url))

/** Ingests a folder in a process of its own, which is killed after so many documents. A killed one has no exit code. */
export function runIngestWorker(folder: string, database: string, killAt?: number): Promise<CommandResult> {
  const words = [worker, folder, database, ...(killAt === undefined ? [] : [String(killAt)])]
  return runProcess(process.execPath, words, {})
}
