import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface CommandOptions {
  readonly cwd?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly input?: string | undefined
}

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  /** Standard output and standard error in the order they came. */
  readonly output: string
  readonly milliseconds: number
}

/** Runs a command to its end and gives what it wrote; never throws because of its exit code. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>()
  const started = performance.now()
  const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: 'pipe' })
  let stdout = ''
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.on('error', reject)
  child.on('close', (code, signal) => {
    if (signal !== null) output += `Ended by ${signal}.\n`
    resolve({ exitCode: code ?? 1, stdout, output, milliseconds: performance.now() - started })
  })
  // A command that ends before it has read its input closes the pipe; its exit code tells why.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  return promise
}

/** Like `runCommand`, but throws with everything that was written when the command fails. */
export async function requireCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(command, args, options)
  if (result.exitCode === 0) return result.stdout
  throw new Error(`${[command, ...args].join(' ')} ended with exit code ${result.exitCode}:\n${result.output}`)
}

/** The script behind the command of a devDependency of the root, to be run by Node: no shim, no shell, the same on every system. */
export function toolScript(root: string, packageName: string, command: string = packageName): string {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
  }
  const script = typeof bin === 'string' ? bin : bin[command]
  if (script === undefined) throw new Error(`${packageName} has no command "${command}".`)
  return join(folder, script)
}
