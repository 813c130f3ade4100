import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type CommandOptions, requireCommand } from './run-command.ts'

/** Runs pnpm as the caller did: the same executable within a pnpm script, else the pinned version through npx. */
export function runPnpm(root: string, args: readonly string[]): Promise<string> {
  const running = process.env['npm_execpath']
  if (running !== undefined && /^pnpm(\.exe)?$/.test(basename(running)) && process.platform !== 'win32') {
    return requireCommand(running, args, { cwd: root })
  }
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }
  return runNpm('npx', ['--yes', packageManager, ...args], { cwd: root })
}

/** Runs `npm` or `npx` of the PATH. On Windows these are scripts that only a shell can start. */
export function runNpm(command: 'npm' | 'npx', args: readonly string[], options: CommandOptions): Promise<string> {
  if (process.platform !== 'win32') return requireCommand(command, args, options)
  return requireCommand('cmd.exe', ['/d', '/s', '/c', command, ...args], options)
}
