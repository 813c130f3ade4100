import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a run of the command left behind. */
export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandSettings {
  readonly cwd?: string | undefined
  /** Arguments of Node itself. */
  readonly nodeOptions?: readonly string[] | undefined
}

/** The file that is run. */
export const ragMain = fileURLToPath(new URL('../../../apps/rag/src/main.ts', import.meta.url))

/** What Node has compiled before: half of the time of a start. */
const compileCache = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url))

/** Runs `rag` in a process of its own, as a user would. */
export function runRag(words: readonly string[], settings: CommandSettings = {}): Promise<CommandResult> {
  return runProcess(process.execPath, [...(settings.nodeOptions ?? []), ragMain, ...words], settings)
}

/** Runs any command to its end. */
export function runProcess(
  command: string,
  words: readonly string[],
  { cwd }: Pick<CommandSettings, 'cwd'>,
): Promise<CommandResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>()
  const child = spawn(command, words, { cwd, env: { ...process.env, NODE_COMPILE_CACHE: compileCache } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }))
  return promise
}
