import { ingest, type IngestReport, type Problem } from '@empire/ingest'
import { commandOptions } from './command-options.ts'
import { documentChunker } from './document-chunker.ts'
import { exitCodes } from './exit-codes.ts'
import { formatProblems } from './format-problems.ts'
import { formatCount } from './format-count.ts'
import { type IndexFile, openIndexFile } from './index-file.ts'
import { indexPath } from './index-path.ts'
import { addressOf, openSources } from './open-sources.ts'
import { createProgress } from './progress.ts'
import { readWords } from './read-words.ts'
import { sumReports } from './sum-reports.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** `rag ingest`: brings an index file up to date with sources, those given or all that it knows. */
export async function runIngest(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readWords(words, commandOptions)
  const given = positionals.map(addressOf)
  const path = await indexPath(values.get('index'), terminal.signal)
  await using file = await openIndexFile(path, { create: given.length > 0 })
  const addresses = given.length > 0 ? given : file.sources.list()
  if (addresses.length === 0) {
    throw new UsageError(`The index ${path} knows no source yet. Name one, as in: rag ingest ./docs --index ${path}`)
  }
  const report = await ingestAll(file, addresses, terminal)
  const missing = report.problems.filter(({ code }) => code === 'unreadable_path').map(({ path: it }) => it)
  await remember(file, addresses, missing)
  const { stdout, stderr } = terminal
  for (const line of formatProblems(report.problems)) stderr.write(`${line}\n`)
  stdout.write(values.has('json') ? `${JSON.stringify(report, undefined, 2)}\n` : `${formatReport(report)}\n`)
  if (missing.length > 0) return exitCodes.wrongUsage
  return report.deadLettered > 0 ? exitCodes.someFailed : exitCodes.answered
}

async function ingestAll(file: IndexFile, addresses: readonly string[], terminal: Terminal): Promise<IngestReport> {
  const { stderr, signal } = terminal
  const { sink, state, deadLetters } = file
  const progress = createProgress(stderr)
  const reports: IngestReport[] = []
  let [files, chunks] = [0, 0]
  try {
    for (const source of await openSources(addresses)) {
      const report = await ingest({
        source,
        sink,
        state,
        deadLetters,
        chunker: documentChunker(),
        signal,
        onEvent(event) {
          if (event.type === 'retry' || event.type === 'end') return
          if (event.type === 'indexed') chunks += event.chunks
          progress.update({ files: ++files, chunks })
        },
      })
      reports.push(report)
    }
  } finally {
    progress.clear()
  }
  return sumReports(reports)
}

/** A path that was mistyped is no source, and leaves no letter. */
async function remember(file: IndexFile, addresses: readonly string[], missing: readonly string[]): Promise<void> {
  const known = new Set(file.sources.list())
  const mistyped = new Set(missing.filter((path) => !known.has(path)))
  for (const path of mistyped) await file.deadLetters.purge({ id: `files:${path}` })
  file.sources.add(addresses.filter((address) => !mistyped.has(address)))
}

function formatReport(report: IngestReport & { readonly problems: readonly Problem[] }): string {
  const { found, indexed, unchanged, deleted, skipped, deadLettered, chunks } = report
  const parts = Object.entries({ indexed, unchanged, deleted, skipped, failed: deadLettered })
  return `${formatCount(found)} found: ${parts.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ')}; ${formatCount(chunks)} chunks written`
}
