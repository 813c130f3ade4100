import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { requireCommand } from './run-command.ts'
import { runNpm } from './run-npm.ts'

/** Runs pnpm as the caller did: the same executable within a pnpm script, else the pinned version through npx. */
export function runPnpm(root: string, args: readonly string[]): Promise<string> {
  const running = process.env['npm_execpath']
  if (running !== undefined && /^pnpm(\.exe)?$/.test(basename(running)) && process.platform !== 'win32') {
    return requireCommand(running, args, { cwd: root })
  }
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }
  return runNpm('npx', ['--yes', packageManager, ...args], { cwd: root })
}
