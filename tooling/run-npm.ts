import { type CommandOptions, requireCommand } from './run-command.ts'

/** Runs `npm` or `npx` of the PATH. On Windows these are scripts that only a shell can start. */
export function runNpm(command: 'npm' | 'npx', args: readonly string[], options: CommandOptions): Promise<string> {
  if (process.platform !== 'win32') return requireCommand(command, args, options)
  return requireCommand('cmd.exe', ['/d', '/s', '/c', command, ...args], options)
}
