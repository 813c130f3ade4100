import { closestName } from '@empire/errors'
import { type DeadLetterFilter, type IngestStep, printable, replayDeadLetters, type ReplayReport } from '@empire/ingest'
import { commandOptions } from './command-options.ts'
import { documentChunker } from './document-chunker.ts'
import { documentParsers } from './document-parsers.ts'
import { exitCodes } from './exit-codes.ts'
import { expectIndex } from './expect-index.ts'
import { formatCount } from './format-count.ts'
import { formatLetter, formatLetterLine } from './format-letter.ts'
import { formatProblems } from './format-problems.ts'
import { openEmbedder } from './index-embedder.ts'
import { type IndexFile, openIndexFile } from './index-file.ts'
import { indexPath } from './index-path.ts'
import { whileLocked } from './lock-index.ts'
import { openSources } from './open-sources.ts'
import { readWords } from './read-words.ts'
import { refuseWords } from './refuse-words.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const options = {
  ...commandOptions,
  class: { type: 'string', example: 'ENOSPC' },
  step: { type: 'string', example: 'parse' },
  all: { type: 'boolean' },
} as const

/** What an action is called with. */
interface Call {
  readonly path: string
  readonly file: IndexFile
  readonly filter: DeadLetterFilter
  readonly json: boolean
  readonly terminal: Terminal
}

const actions = { list, show, replay, purge } as const satisfies Record<string, (call: Call) => Promise<number>>

/** `rag dead-letters`: what could not be indexed, and what becomes of it. */
export async function runDeadLetters(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readWords(words, options)
  const [word = '', id, ...rest] = positionals
  const action = readAction(word)
  refuseWords(`rag dead-letters ${action}`, rest)
  const filter = { id, errorClass: values.get('class'), step: readStep(values.get('step')) }
  const isWide = Object.values(filter).every((value) => value === undefined)
  if (action === 'show' && id === undefined) {
    throw new UsageError('The id of a letter is expected, as in: rag dead-letters show files:/docs/a.json')
  }
  if (action === 'purge' && isWide && !values.has('all')) {
    throw new UsageError('Say which letters: an id, --class, --step or --all.')
  }
  const path = await indexPath(values.get('index'), terminal.signal)
  if (action !== 'replay') {
    await using file = await openIndexFile(path)
    return await actions[action]({ path, file, filter, json: values.has('json'), terminal })
  }
  await expectIndex(path, { create: false })
  return whileLocked(path, async () => {
    const { signal } = terminal
    const embedder = await openEmbedder(path, { given: undefined, environment: process.env, signal })
    await using file = await openIndexFile(path, { embedder })
    return await replay({ path, file, filter, json: values.has('json'), terminal })
  })
}

function readAction(word: string): keyof typeof actions {
  if (Object.hasOwn(actions, word)) return word as keyof typeof actions
  const names = Object.keys(actions)
  const closest = closestName(word, names)
  const meant = closest === undefined ? '' : ` Did you mean "${closest}"?`
  throw new UsageError(`rag dead-letters takes ${names.join(', ')}, got "${word}".${meant}`)
}

const steps: readonly IngestStep[] = ['read', 'parse', 'chunk', 'write', 'remove']

function readStep(word: string | undefined): IngestStep | undefined {
  const step = steps.find((name) => name === word)
  if (word === undefined || step !== undefined) return step
  throw new UsageError(`--step takes ${steps.join(', ')}, got "${word}".`)
}

async function list({ file, filter, json, terminal: { stdout } }: Call): Promise<number> {
  let count = 0
  for await (const letter of file.deadLetters.list(filter)) {
    count++
    // A line for each, so that no list of them has to fit in memory.
    stdout.write(json ? `${JSON.stringify(letter)}\n` : `${formatLetterLine(letter)}\n`)
  }
  if (count === 0 && !json) stdout.write('No dead letters.\n')
  return exitCodes.answered
}

async function show({ file, filter: { id = '' }, json, terminal: { stdout } }: Call): Promise<number> {
  const letter = await file.deadLetters.get(id)
  if (letter === undefined) {
    throw new UsageError(`There is no dead letter ${id}. rag dead-letters list shows the ids.`)
  }
  stdout.write(json ? `${JSON.stringify(letter, undefined, 2)}\n` : formatLetter(letter))
  return exitCodes.answered
}

async function replay({ path, file, filter, json, terminal: { stdout, stderr, signal } }: Call): Promise<number> {
  const { sink, state, deadLetters, sources } = file
  const reports: ReplayReport[] = []
  const known = sources.list().map((address) => ({ address }))
  const [parsers, chunker] = [documentParsers, documentChunker()]
  for (const { source } of await openSources(known, { index: path, environment: process.env })) {
    reports.push(await replayDeadLetters({ source, sink, state, deadLetters, parsers, chunker, filter, signal }))
  }
  const problems = reports.flatMap((report) => report.problems)
  const sum = (name: 'found' | 'deadLettered' | 'exhausted'): number =>
    reports.reduce((total, report) => total + report[name], 0)
  const counts = { replayed: sum('found'), failed: sum('deadLettered'), leftAlone: sum('exhausted') }
  for (const line of formatProblems(problems)) stderr.write(`${line}\n`)
  const settled = counts.replayed - counts.failed
  const text = `${formatCount(counts.replayed)} replayed: ${formatCount(settled)} settled, ${formatCount(counts.failed)} failed again; ${formatCount(counts.leftAlone)} left alone, replayed in vain too often`
  stdout.write(json ? `${JSON.stringify({ ...counts, problems }, undefined, 2)}\n` : `${text}\n`)
  return counts.failed + counts.leftAlone > 0 ? exitCodes.someFailed : exitCodes.answered
}

async function purge({ file, filter, json, terminal: { stdout } }: Call): Promise<number> {
  const purged = await file.deadLetters.purge(filter)
  if (purged === 0 && filter.id !== undefined) {
    throw new UsageError(`There is no dead letter ${printable(filter.id)}. rag dead-letters list shows the ids.`)
  }
  stdout.write(json ? `${JSON.stringify({ purged })}\n` : `${formatCount(purged)} purged\n`)
  return exitCodes.answered
}
