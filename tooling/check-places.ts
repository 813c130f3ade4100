import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPlaces } from './check-places/find-places.ts'
import { requireCommand } from './run-command.ts'
import { runNpm } from './run-npm.ts'

const usage = `node tooling/check-places.ts

Searches the tracked files for paths of one machine and for hosts of package registries; exits with 1 if it finds one.`

if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help === true) {
  console.log(usage)
} else {
  const root = process.cwd()
  const paths = (
    await requireCommand('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  )
    .split('\0')
    .filter((path) => path !== '')
  const hosts = await configuredHosts()
  const problems = paths.flatMap((path) => findPlaces(path, readText(join(root, path)), hosts))
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exitCode = 1
  }
}

/** Binary files have no text to search, deleted ones neither. */
function readText(path: string): string {
  try {
    const bytes = readFileSync(path)
    return bytes.includes(0) ? '' : bytes.toString('utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return ''
    throw error
  }
}

/** The registry of this machine need not have a telling name. */
async function configuredHosts(): Promise<string[]> {
  const registry = (await runNpm('npm', ['config', 'get', 'registry'], {})).trim()
  return URL.canParse(registry) ? [new URL(registry).host] : []
}
