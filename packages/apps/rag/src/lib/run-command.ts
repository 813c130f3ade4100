import { createRequire } from 'node:module'
import { closestName } from '@empire/errors'
import { parseArguments, type RagArguments } from './arguments.ts'
import { commandHelp, type CommandName, isCommandName } from './command-help.ts'
import { exitCodes } from './exit-codes.ts'
import { helpText } from './help.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

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
  forget: async (words, terminal) => (await import('./run-forget.ts')).runForget(words, terminal),
  status: async (words, terminal) => (await import('./run-status.ts')).runStatus(words, terminal),
  ingest: async (words, terminal) => (await import('./run-ingest.ts')).runIngest(words, terminal),
}

/** Runs the command and gives its exit code. Rejects with `signal.reason` when it is stopped. */
export async function runCommand({ words, ...terminal }: CommandOptions): Promise<number> {
  const { stdout, stderr, signal } = terminal
  try {
    const [name, ...rest] = words
    if (name === '--version' || name === '-v') return show(`${ragVersion()}\n`, stdout)
    if (name === 'help' && rest.length < 2) return show(helpOf(rest[0]), stdout)
    if (!isCommandName(name)) {
      refuseMisspelt(name)
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

/** `rag help`, and `rag help <command>`. */
function helpOf(name: string | undefined): string {
  if (name === undefined) return helpText
  if (isCommandName(name)) return commandHelp[name]
  throw new UsageError(`rag help takes ${Object.keys(commandHelp).join(', ')}, got "${name}".`)
}

/** A first word that is all but the name of a command. One with another first letter is rather a word: "what" is near to "chat". */
function refuseMisspelt(word: string | undefined): void {
  if (word === undefined || /^-|\s/.test(word)) return
  const meant = closestName(word, Object.keys(commandHelp))
  if (meant?.[0] !== word[0]?.toLowerCase()) return
  throw new UsageError(
    `rag has no command "${word}". Did you mean "${meant}"? A question that begins so goes behind "--".`,
  )
}

function ragVersion(): string {
  const { version } = createRequire(import.meta.url)('@empire/rag/package.json') as { readonly version: string }
  return version
}

function show(text: string, stdout: Terminal['stdout']): number {
  stdout.write(text)
  return exitCodes.answered
}

async function answer(command: RagArguments, terminal: Terminal): Promise<number> {
  const { runQuestion } = await import('./run-question.ts')
  return runQuestion(command, terminal)
}
