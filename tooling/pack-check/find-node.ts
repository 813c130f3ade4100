import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNpm } from '../run-npm.ts'

/** The executable of a major version of Node: the running one, or the one that npm has. */
export async function findNode(root: string, major: string): Promise<string> {
  if (process.versions.node.split('.')[0] === major) return process.execPath
  const folder = join(root, 'node_modules/.cache/empire', `node-${major}`)
  const executable = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(executable)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }))
    await runNpm('npm', ['install', `node@${major}`, '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder })
  }
  if (!existsSync(executable)) throw new Error(`npm installed node@${major}, but ${executable} is missing.`)
  return executable
}
