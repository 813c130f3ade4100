import { ingest, type IngestReport, type Source } from '@empire/ingest'
import { commandOptions } from './command-options.ts'
import { exitCodes } from './exit-codes.ts'
import { expectIndex } from './expect-index.ts'
import { findSource } from './find-source.ts'
import { formatCount } from './format-count.ts'
import { formatProblems } from './format-problems.ts'
import { type IndexFile, openIndexFile } from './index-file.ts'
import { indexPath } from './index-path.ts'
import { whileLocked } from './lock-index.ts'
import { openSources } from './open-sources.ts'
import { readWords } from './read-words.ts'
import { sumReports } from './sum-reports.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** `rag forget`: takes sources out of an index file, with the documents that no other source has. */
export async function runForget(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readWords(words, commandOptions)
  if (positionals.length === 0) {
    throw new UsageError('A source is expected, as in: rag forget ./docs --index docs.db')
  }
  const { stdout, stderr, signal } = terminal
  const path = await indexPath(values.get('index'), signal)
  await expectIndex(path, { create: false })
  return whileLocked(path, async () => {
    await using file = await openIndexFile(path)
    const known = file.sources.list()
    const sources = [...new Set(positionals.map((word) => findSource(word, known, path)))]
    const report = await removeDocuments(file, sources, { path, signal })
    // What could not be removed is removed by the same words again.
    if (report.deadLettered === 0) file.sources.remove(sources)
    const { deleted, problems } = report
    for (const line of formatProblems(problems)) stderr.write(`${line}\n`)
    const text = `${formatCount(sources.length)} forgotten: ${formatCount(deleted)} documents deleted, ${formatCount(report.deadLettered)} failed`
    stdout.write(values.has('json') ? `${JSON.stringify({ sources, deleted, problems }, undefined, 2)}\n` : `${text}\n`)
    return report.deadLettered > 0 ? exitCodes.someFailed : exitCodes.answered
  })
}

/** Reads each source as if it had nothing any more. */
async function removeDocuments(
  { sink, state, deadLetters, sources }: IndexFile,
  addresses: readonly string[],
  { path, signal }: { readonly path: string; readonly signal: AbortSignal | undefined },
): Promise<IngestReport> {
  const open = (list: readonly string[]) =>
    openSources(
      list.map((address) => ({ address })),
      { index: path, environment: process.env },
    )
  const kept = await open(sources.list().filter((address) => !addresses.includes(address)))
  const reports: IngestReport[] = []
  for (const { source } of await open(addresses)) {
    const { name } = source
    const others = kept.filter((other) => other.source.name === name)
    const covers = (id: string): boolean => has(source, id) && !others.some((other) => has(other.source, id))
    for await (const { id, item } of deadLetters.list({ source: name })) {
      if (covers(item.id)) await deadLetters.purge({ id })
    }
    const emptied: Source = { name, covers, async *items() {} }
    reports.push(await ingest({ source: emptied, sink, state, deadLetters, signal }))
  }
  return sumReports(reports)
}

function has({ covers }: Source, id: string): boolean {
  return covers === undefined || covers(id)
}
