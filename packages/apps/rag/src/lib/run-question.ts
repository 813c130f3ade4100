import type { Answer, Problem } from './answer.ts'
import type { RagArguments } from './arguments.ts'
import { ask } from './ask.ts'
import { exitCodes } from './exit-codes.ts'
import { formatDetails, formatText } from './format-answer.ts'
import { createProgress } from './progress.ts'
import type { Asked } from './read-asked.ts'
import { loadSettings, type Overrides } from './settings.ts'
import type { Terminal } from './terminal.ts'

/** Answers what the command line asks, and gives the exit code. */
export async function runQuestion(command: RagArguments, terminal: Terminal): Promise<number> {
  const { stdout, stderr } = terminal
  const answer = await showAnswer(command, terminal)
  for (const line of formatProblems(answer.documents.problems)) stderr.write(`${line}\n`)
  stdout.write(command.json ? `${JSON.stringify(answer, undefined, 2)}\n` : `\n${formatDetails(answer)}`)
  return exitCode(answer)
}

/** Asks, and shows the answer as it is written, unless it is to be JSON. */
async function showAnswer(command: RagArguments, { stdout, stderr, signal }: Terminal): Promise<Answer> {
  const { json, record, replay } = command
  const asked = replay === undefined ? undefined : await askedBefore(replay)
  const { question } = command.question === '' && asked !== undefined ? asked : command
  const settings = await loadSettings(overridesOf(command, asked), signal)
  let shown = ''
  const show = (text: string): void => {
    if (text === '') return
    progress.clear()
    shown = text
    stdout.write(formatText(text))
  }
  const progress = createProgress(stderr)
  try {
    const { docs: paths, top, budget, model } = settings
    const { update: onProgress } = progress
    const options = { question, paths, top, budget, model, record, replay, signal, onProgress }
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

const mostLines = 20

/** A line for each file left out, up to 20 of a kind: one kind must not hide another. */
function formatProblems(problems: readonly Problem[]): string[] {
  const groups = Map.groupBy(problems, ({ code }) => code)
  return [...groups].flatMap(([code, group]) => {
    const lines = group.slice(0, mostLines).map(({ message }) => message)
    const rest = group.length - lines.length
    return rest > 0 ? [...lines, `… and ${rest} more: ${code}. --json names them all.`] : lines
  })
}
