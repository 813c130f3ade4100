import { parseArguments, type RagArguments } from './arguments.ts'
import { exitCodes } from './exit-codes.ts'
import { helpText } from './help.ts'
import type { Terminal } from './terminal.ts'

/** What the command reads and writes. */
export interface CommandOptions extends Terminal {
  readonly words: readonly string[]
}

/** Runs the command and gives its exit code. Rejects with `signal.reason` when it is stopped. */
export async function runCommand({ words, ...terminal }: CommandOptions): Promise<number> {
  const { stdout, stderr, signal } = terminal
  try {
    const command = parseArguments(words)
    return command.help ? showHelp(stdout) : await answer(command, terminal)
  } catch (error) {
    signal?.throwIfAborted()
    const { explainError } = await import('./explain-error.ts')
    const explained = explainError(error)
    if (explained === undefined) throw error
    stderr.write(explained.text)
    return explained.code
  }
}

function showHelp(stdout: Terminal['stdout']): number {
  stdout.write(helpText)
  return exitCodes.answered
}

/** Loads what answers only here: help is to come at once. */
async function answer(command: RagArguments, terminal: Terminal): Promise<number> {
  const { runQuestion } = await import('./run-question.ts')
  return runQuestion(command, terminal)
}
