import { ingest, IngestError, type IngestReport, type Problem } from '@empire/ingest'
import { type EmbeddingModel, ModelError } from '@empire/llm'
import { commandOptions } from './command-options.ts'
import { documentChunker } from './document-chunker.ts'
import { documentParsers } from './document-parsers.ts'
import { exitCodes } from './exit-codes.ts'
import { expectIndex } from './expect-index.ts'
import { formatProblems } from './format-problems.ts'
import { formatCount } from './format-count.ts'
import { type IndexEmbedder, openEmbedder } from './index-embedder.ts'
import { type IndexFile, openIndexFile } from './index-file.ts'
import { indexPath } from './index-path.ts'
import { whileLocked } from './lock-index.ts'
import { MissingKeyError } from './missing-key-error.ts'
import type { EmbedderName } from './model-name.ts'
import { openSources } from './open-sources.ts'
import { createProgress } from './progress.ts'
import { readEmbedderName } from './read-embedder-name.ts'
import { readWords } from './read-words.ts'
import { type GivenSource, readAddresses } from './source-address.ts'
import { sumReports } from './sum-reports.ts'
import type { Terminal } from './terminal.ts'
import { unreadableSource } from './unreadable-source.ts'
import { UsageError } from './usage-error.ts'

const options = {
  ...commandOptions,
  embedder: { type: 'string', example: 'gemini:gemini-embedding-001' },
  query: { type: 'string', example: '"select id, title, body from articles order by id"' },
  records: { type: 'string', example: '/items' },
  next: { type: 'string', example: '/links/next' },
  id: { type: 'string', example: '/slug' },
} as const

/** `rag ingest`: brings an index file up to date with sources, those given or all that it knows. */
export async function runIngest(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readWords(words, options)
  const { query, records, next, id } = Object.fromEntries(values)
  const given = readAddresses(positionals, { query, records, next, id })
  const name = readEmbedderName(values.get('embedder'))
  const path = await indexPath(values.get('index'), terminal.signal)
  await expectIndex(path, { create: given.length > 0 })
  return whileLocked(path, () => update({ path, given, name, json: values.has('json'), terminal }))
}

/** What an index file is brought up to date with. */
interface Update {
  readonly path: string
  readonly given: readonly GivenSource[]
  /** Of the embedder. */
  readonly name: EmbedderName | undefined
  readonly json: boolean
  readonly terminal: Terminal
}

async function update({ path, given, name, json, terminal }: Update): Promise<number> {
  const { stdout, stderr, signal } = terminal
  const create = given.length > 0
  const embedder = await openEmbedder(path, { given: name, create, environment: process.env, signal })
  const failing = new AbortController()
  await using file = await openIndexFile(path, { create, embedder: embedder && givesUp(embedder, failing) })
  const sources = create ? given : file.sources.list().map((address) => ({ address }))
  if (sources.length === 0) {
    throw new UsageError(`The index ${path} knows no source yet. Name one, as in: rag ingest ./docs --index ${path}`)
  }
  const known = new Set(file.sources.list())
  // Before they are read: a run that is killed is completed by one that names none.
  file.sources.add(sources.map(({ address }) => address))
  const report = await ingestAll(file, sources, {
    ...terminal,
    path,
    signal: AbortSignal.any([failing.signal, ...(signal === undefined ? [] : [signal])]),
  })
  const addresses = new Set(sources.map(({ address }) => address))
  const missing = report.problems
    .filter(
      (it) => it.code === 'unreadable_path' || (it.code === 'gone' && !known.has(it.path) && addresses.has(it.path)),
    )
    .map((problem) => problem.path)
  const [lost, mistyped] = [missing.filter((it) => known.has(it)), missing.filter((it) => !known.has(it))]
  await forget(file, mistyped)
  for (const line of formatProblems(report.problems)) stderr.write(`${line}\n`)
  if (lost.length > 0)
    stderr.write(`What is gone for good is taken out of the index by: rag forget <source> --index ${path}\n`)
  stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : `${formatReport(report)}\n`)
  if (missing.length > 0) return exitCodes.wrongUsage
  return report.deadLettered > 0 ? exitCodes.someFailed : exitCodes.answered
}

/** A wrong key is wrong for every document, and so is a missing one: the run ends with the first. */
function givesUp(embedder: IndexEmbedder, failing: AbortController): IndexEmbedder {
  const embed: EmbeddingModel['embed'] = async (texts, call) => {
    try {
      return await embedder.model.embed(texts, call)
    } catch (error) {
      const isFinal =
        error instanceof MissingKeyError || (error instanceof ModelError && error.code === 'authentication')
      if (isFinal) failing.abort(error)
      throw error
    }
  }
  return { ...embedder, model: { ...embedder.model, embed } }
}

async function ingestAll(
  file: IndexFile,
  given: readonly GivenSource[],
  { path, stderr, signal }: Pick<Terminal, 'stderr' | 'signal'> & { readonly path: string },
): Promise<IngestReport> {
  const { sink, state, deadLetters } = file
  const progress = createProgress(stderr)
  const reports: IngestReport[] = []
  const problems: Problem[] = []
  let [files, chunks] = [0, 0]
  try {
    for (const { source, addresses } of await openSources(given, { index: path, environment: process.env })) {
      const run = ingest({
        source,
        sink,
        state,
        deadLetters,
        parsers: documentParsers,
        chunker: documentChunker(),
        signal,
        onEvent(event) {
          // Also when the source breaks off: what came before is in the index.
          if (event.type === 'end') reports.push(event.report)
          if (event.type === 'retry' || event.type === 'end') return
          if (event.type === 'indexed') chunks += event.chunks
          progress.update({ files: ++files, chunks })
        },
      })
      problems.push(...(await brokenSource(run, addresses)))
    }
  } finally {
    progress.clear()
  }
  const report = sumReports(reports)
  return { ...report, problems: [...report.problems, ...problems] }
}

/** A source that cannot be listed does not keep the others from it. */
async function brokenSource(run: Promise<IngestReport>, addresses: readonly string[]): Promise<Problem[]> {
  try {
    await run
    return []
  } catch (error) {
    if (!(error instanceof IngestError)) throw error
    return addresses.map((address) => unreadableSource(address, error))
  }
}

/** A new source that cannot be read was mistyped: it is none, and leaves no letter. */
async function forget(file: IndexFile, mistyped: readonly string[]): Promise<void> {
  for (const path of mistyped) await file.deadLetters.purge({ id: `files:${path}` })
  file.sources.remove(mistyped)
}

function formatReport(report: IngestReport): string {
  const { found, indexed, unchanged, deleted, skipped, deadLettered, chunks } = report
  const parts = Object.entries({ indexed, unchanged, deleted, skipped, failed: deadLettered })
  return `${formatCount(found)} found: ${parts.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ')}; ${formatCount(chunks)} chunks written`
}
