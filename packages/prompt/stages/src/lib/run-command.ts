import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Command, readCommand, UsageError } from './command-arguments.ts'
import { generateStages } from './generate-stages.ts'
import { helpText } from './help-text.ts'
import { InvalidStagesError } from './invalid-stages-error.ts'

/** Where the command writes to. */
export interface CommandStreams {
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
}

const exitCodes = { done: 0, fault: 1, usage: 2 } as const

/** Runs the command and gives its exit code. */
export function runCommand(words: readonly string[], { stdout, stderr }: CommandStreams): number {
  try {
    const command = readCommand(words)
    if (command.action === 'generate') return generate(command, { stdout, stderr })
    stdout.write(helpText)
    return exitCodes.done
  } catch (error) {
    if (error instanceof InvalidStagesError) {
      stderr.write(`${error.message}\n`)
      return exitCodes.fault
    }
    if (!(error instanceof UsageError)) throw error
    stderr.write(`stages: ${error.message}\nstages --help tells all options.\n`)
    return exitCodes.usage
  }
}

function generate(command: Command & { action: 'generate' }, { stdout, stderr }: CommandStreams): number {
  const { input, output, check, name, from } = command
  const yaml = readText(input)
  if (yaml === undefined) throw new UsageError(`There is no file ${JSON.stringify(input)}.`)
  const text = generateStages(yaml, { file: input, name, from })
  const old = readText(output)
  // A checkout may have its own line ends.
  if (old?.replaceAll('\r\n', '\n') === text) {
    stdout.write(`${output} is up to date.\n`)
    return exitCodes.done
  }
  if (check) {
    const state = old === undefined ? 'does not exist' : `is not what ${input} says`
    stderr.write(`${output} ${state}. Run: stages generate ${input}${extras(command)}\n`)
    return exitCodes.fault
  }
  writeText(output, text)
  stdout.write(`${output} is written.\n`)
  return exitCodes.done
}

/** The options to run the command with again. */
function extras({ input, output, name, from }: Command & { action: 'generate' }): string {
  const options = { output: output === input.replace(/[.]ya?ml$/i, '.ts') ? undefined : output, name, from }
  return Object.entries(options)
    .map(([key, value]) => (value === undefined ? '' : ` --${key} ${value}`))
    .join('')
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return undefined
    throw fileFault('read', path, error)
  }
}

function writeText(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw fileFault('written', path, error)
  }
}

function fileFault(verb: string, path: string, error: unknown): unknown {
  if (!isFileError(error)) return error
  return new UsageError(`${JSON.stringify(path)} cannot be ${verb}: ${error.code}.`, { cause: error })
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
