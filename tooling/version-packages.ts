import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkApi, readSnapshot, writeSnapshot } from './api-snapshot/check-api.ts'
import { dropPackage } from './api-snapshot/drop-package.ts'
import { readChangesets } from './api-snapshot/read-changesets.ts'
import { requireCommand, toolScript } from './run-command.ts'
import { runPnpm } from './run-pnpm.ts'
import { readWorkspace } from './workspace.ts'

const usage = `pnpm version-packages

Turns the changesets into versions and changelogs, and makes today's exports the API of these versions.`

if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help === true) {
  console.log(usage)
} else {
  await versionPackages(process.cwd())
}

async function versionPackages(root: string): Promise<void> {
  const problems = checkApi(root)
  if (problems.length > 0) throw new Error(problems.join('\n'))

  forgetRemovedPackages(root)
  const run = (...command: readonly string[]): Promise<string> =>
    requireCommand(process.execPath, command, { cwd: root })
  await run(toolScript(root, '@changesets/cli', 'changeset'), 'version')
  writeSnapshot(root)
  await run(toolScript(root, 'oxfmt'), '.')
  await runPnpm(root, ['install', '--lockfile-only'])
  for (const { name, manifest } of readWorkspace(root)) console.log(`${name} ${manifest.version}`)
}

/** changesets refuses a changeset of a package that is gone, but such a changeset is what announces the removal. */
function forgetRemovedPackages(root: string): void {
  const present = new Set(readWorkspace(root).map(({ name }) => name))
  const removed = Object.keys(readSnapshot(root)).filter((name) => !present.has(name))
  for (const { path, bumps } of readChangesets(root)) {
    for (const name of removed) {
      if (!bumps.has(name)) continue
      writeFileSync(join(root, path), dropPackage(readFileSync(join(root, path), 'utf8'), name))
    }
  }
}
