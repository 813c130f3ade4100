import { EmpireError } from '@empire/errors'
import type { Answer, Problem } from './answer.ts'
import { parseArguments } from './arguments.ts'
import { ask } from './ask.ts'
import { formatAnswer } from './format-answer.ts'
import { helpText } from './help.ts'
import { createProgress, type ProgressStream } from './progress.ts'
import { loadSettings, type Settings } from './settings.ts'
import { UsageError } from './usage-error.ts'

/** What the command reads and writes. */
export interface CommandOptions {
  readonly words: readonly string[]
  readonly stdout: Pick<ProgressStream, 'write'>
  readonly stderr: ProgressStream
  readonly signal?: AbortSignal | undefined
}

const exitCodes = { answered: 0, nothingRelevant: 1, wrongUsage: 2 } as const

/** Runs the command and gives its exit code. Rejects with `signal.reason` when it is stopped. */
export async function runCommand({ words, stdout, stderr, signal }: CommandOptions): Promise<number> {
  try {
    const command = parseArguments(words)
    if (command.help) {
      stdout.write(helpText)
      return exitCodes.answered
    }
    const { docs, top, budget, model } = command
    const settings = await loadSettings({ docs, top, budget, model }, signal)
    const answer = await askWithProgress(command.question, settings, stderr, signal)
    for (const line of formatProblems(answer.documents.problems)) stderr.write(`${line}\n`)
    stdout.write(command.json ? `${JSON.stringify(answer, undefined, 2)}\n` : formatAnswer(answer))
    return exitCode(answer)
  } catch (error) {
    const usage = findUsageError(error)
    if (usage === undefined) throw error
    stderr.write(`rag: ${usage.message}\nrag --help tells all options.\n`)
    return exitCodes.wrongUsage
  }
}

async function askWithProgress(
  question: string,
  { docs: paths, top, budget, model }: Settings,
  stderr: ProgressStream,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const progress = createProgress(stderr)
  try {
    return await ask({ question, paths, top, budget, model, signal, onProgress: progress.update })
  } finally {
    progress.clear()
  }
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

/** A step that was told something impossible fails with it as the cause. */
function findUsageError(error: unknown): UsageError | undefined {
  if (error instanceof UsageError) return error
  return EmpireError.isInstance(error) && error.cause instanceof UsageError ? error.cause : undefined
}
