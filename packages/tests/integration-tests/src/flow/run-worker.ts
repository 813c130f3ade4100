import { fileURLToPath } from 'node:url'
import { type CommandResult, runProcess } from '../rag-command.ts'

/** Runs one of the workers beside this file in a process of its own. One that is killed has no exit code. */
export function runWorker(name: string, words: readonly (string | number)[]): Promise<CommandResult> {
  const worker = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  return runProcess(process.execPath, [worker, ...words.map(String)], {})
}

/** What a worker leaves that was killed. */
export const killed: CommandResult = { code: null, stdout: '', stderr: '' }
