import { parseArguments, type RagArguments } from './arguments.ts'
import { commandHelp, type CommandName, isCommandName } from './command-help.ts'
import { exitCodes } from './exit-codes.ts'
import { helpText } from './help.ts'
import type { Terminal } from './terminal.ts'

/** What the command reads and writes. */
export interface CommandOptions extends Terminal {
  readonly words: readonly string[]
}

type Run = (words: readonly string[], terminal: Terminal) => Promise<number>

/** What each command loads only when it is run: help is to come at once. */
const commands: Readonly<Record<CommandName, Run>> = {
  ask: (words, terminal) => answer(parseArguments(words, { needsIndex: true }), terminal),
  chat: async (words, terminal) => (await import('./run-chat.ts')).runChat(words, terminal),
  'dead-letters': async (words, terminal) => (await import('./run-dead-letters.ts')).runDeadLetters(words, terminal),
  status: async (words, terminal) => (await import('./run-status.ts')).runStatus(words, terminal),
  ingest: async (words, terminal) => (await import('./run-ingest.ts')).runIngest(words, terminal),
}

/** Runs the command and gives its exit code. Rejects with `signal.reason` when it is stopped. */
export async function runCommand({ words, ...terminal }: CommandOptions): Promise<number> {
  const { stdout, stderr, signal } = terminal
  try {
    const [name, ...rest] = words
    if (!isCommandName(name)) {
      const question = parseArguments(words)
      return question.help ? show(helpText, stdout) : await answer(question, terminal)
    }
    if (rest.includes('--help') || rest.includes('-h')) return show(commandHelp[name], stdout)
    return await commands[name](rest, terminal)
  } catch (error) {
    signal?.throwIfAborted()
    const { explainError } = await import('./explain-error.ts')
    const explained = explainError(error)
    if (explained === undefined) throw error
    stderr.write(explained.text)
    return explained.code
  }
}

function show(text: string, stdout: Terminal['stdout']): number {
  stdout.write(text)
  return exitCodes.answered
}

async function answer(command: RagArguments, terminal: Terminal): Promise<number> {
  const { runQuestion } = await import('./run-question.ts')
  return runQuestion(command, terminal)
}
