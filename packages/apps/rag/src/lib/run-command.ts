import { EmpireError } from '@empire/errors'
import { printable } from '@empire/ingest'
import { ModelCassetteError, ModelError } from '@empire/llm'
import type { Answer, Problem } from './answer.ts'
import { parseArguments, type RagArguments } from './arguments.ts'
import { ask } from './ask.ts'
import { formatDetails, formatText } from './format-answer.ts'
import { helpText } from './help.ts'
import { MissingKeyError } from './missing-key-error.ts'
import { createProgress, type ProgressStream } from './progress.ts'
import { type Asked, readAsked } from './read-asked.ts'
import { loadSettings, type Overrides } from './settings.ts'
import { UsageError } from './usage-error.ts'

/** What the command reads and writes. */
export interface CommandOptions {
  readonly words: readonly string[]
  readonly stdout: Pick<ProgressStream, 'write'>
  readonly stderr: ProgressStream
  readonly signal?: AbortSignal | undefined
}

const exitCodes = { answered: 0, nothingRelevant: 1, wrongUsage: 2, noAnswer: 69 } as const

/** Runs the command and gives its exit code. Rejects with `signal.reason` when it is stopped. */
export async function runCommand({ words, stdout, stderr, signal }: CommandOptions): Promise<number> {
  try {
    const command = parseArguments(words)
    if (command.help) {
      stdout.write(helpText)
      return exitCodes.answered
    }
    const answer = await answerCommand(command, { stdout, stderr, signal })
    for (const line of formatProblems(answer.documents.problems)) stderr.write(`${line}\n`)
    stdout.write(command.json ? `${JSON.stringify(answer, undefined, 2)}\n` : `\n${formatDetails(answer)}`)
    return exitCode(answer)
  } catch (error) {
    signal?.throwIfAborted()
    const known = findKnownError(error)
    if (known === undefined) throw error
    const help = known instanceof UsageError ? '\nrag --help tells all options.' : ''
    stderr.write(`rag: ${printable(known.message)}${help}\n`)
    return known instanceof ModelError ? exitCodes.noAnswer : exitCodes.wrongUsage
  }
}

/** Asks, and shows the answer as it is written, unless it is to be JSON. */
async function answerCommand(
  command: RagArguments,
  { stdout, stderr, signal }: Omit<CommandOptions, 'words'>,
): Promise<Answer> {
  const { json, record, replay } = command
  const asked = replay === undefined ? undefined : await readAsked(replay)
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

/** What the caller can do something about. A step that fails with it has it as the cause. */
function findKnownError(error: unknown): Error | undefined {
  const causes = EmpireError.isInstance(error) ? [error, error.cause] : []
  return causes.find((cause) => isKnown(cause))
}

function isKnown(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof MissingKeyError ||
    error instanceof ModelError ||
    error instanceof ModelCassetteError
  )
}
