import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { printable } from '@empire/ingest'
import type { Answer } from './answer.ts'
import type { RagArguments } from './arguments.ts'
import { ask } from './ask.ts'
import { exitCodes } from './exit-codes.ts'
import { formatProblems } from './format-problems.ts'
import { formatDetails, formatText } from './format-answer.ts'
import { createProgress } from './progress.ts'
import type { Asked } from './read-asked.ts'
import { loadSettings, type Overrides, type Settings } from './settings.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** Answers what the command line asks, and gives the exit code. */
export async function runQuestion(command: RagArguments, terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal
  const trace = command.trace === '' ? await (await import('./trace.ts')).temporaryTrace() : command.trace
  let answer: Answer
  try {
    answer = await showAnswer({ ...command, trace }, terminal)
  } finally {
    if (trace !== undefined) await showPage(trace, terminal)
  }
  for (const line of formatProblems(answer.documents.problems)) stderr.write(`${line}\n`)
  stdout.write(command.json ? `${JSON.stringify(answer, undefined, 2)}\n` : `\n${formatDetails(answer)}`)
  return exitCode(answer)
}

/** Opens the page of the run, which is there also if it failed, and says where it is. */
async function showPage(path: string, { stderr, openPage }: Terminal): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size === 0) return
  const opened = (await openPage?.(resolve(path))) === true
  stderr.write(`${opened ? 'Opened the page of the run' : 'The page of the run'}: ${printable(path)}\n`)
}

/** Asks, and shows the answer as it is written, unless it is to be JSON. */
async function showAnswer(command: RagArguments, { stdout, stderr, signal }: Terminal): Promise<Answer> {
  const { json, record, replay, embedder, trace } = command
  const asked = replay === undefined ? undefined : await askedBefore(replay)
  const { question } = command.question === '' && asked !== undefined ? asked : command
  const settings = await loadSettings(overridesOf(command, asked), signal)
  const place = placeOf(command, asked, settings)
  let shown = ''
  const show = (text: string): void => {
    if (text === '') return
    progress.clear()
    shown = text
    stdout.write(formatText(text))
  }
  const progress = createProgress(stderr)
  try {
    const { top, budget, model } = settings
    const { update: onProgress } = progress
    const run = { record, replay, trace, signal, onProgress }
    const options = { question, ...place, top, budget, model, embedder, ...run }
    return await ask(json ? options : { ...options, onText: show })
  } finally {
    progress.clear()
    if (shown !== '') stdout.write('\n')
  }
}

/** Loads what reads a record only here. */
async function askedBefore(folder: string): Promise<Asked> {
  const { readAsked } = await import('./read-asked.ts')
  return readAsked(folder)
}

/** `rag ask` asks the index file of the settings, `rag` itself only one that is named. */
function placeOf(
  { needsIndex, docs, index }: RagArguments,
  asked: Asked | undefined,
  settings: Settings,
): { readonly paths?: readonly string[] | undefined; readonly index?: string | undefined } {
  const named = index ?? (docs === undefined ? asked?.index : undefined)
  if (named !== undefined) return { index: named }
  if (!needsIndex) return { paths: settings.docs }
  if (settings.index === undefined) throw new UsageError('An index file is expected, as in: --index docs.db')
  return { index: settings.index }
}

/** What the command line says wins over what was asked when the record was written, and that over the settings. */
function overridesOf({ docs, top, budget, model }: RagArguments, asked: Asked | undefined): Overrides {
  const given = Object.entries({ docs, top, budget, model }).filter(([, value]) => value !== undefined)
  const { question: _, ...recorded } = asked ?? {}
  return { ...recorded, ...Object.fromEntries(given) }
}

function exitCode({ answered, documents }: Answer): number {
  if (documents.problems.some(({ code }) => code === 'unreadable_path')) return exitCodes.wrongUsage
  return answered ? exitCodes.answered : exitCodes.nothingRelevant
}
