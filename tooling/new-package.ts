import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { matrix } from './layers.ts'
import { insertRow } from './new-package/insert-row.ts'
import { makePackageFiles } from './new-package/package-files.ts'
import { listFloors, refuseRequest } from './new-package/package-request.ts'
import { requireCommand, toolScript } from './run-command.ts'
import { writeFiles } from './write-files.ts'

const help = `Usage: pnpm new-package <layer> <name> "<one sentence>"

Makes packages/<layer>/<name>: a package that passes every check as it is, its row in tooling/layers.ts,
and a changeset. The sentence says what the package is and ends in a period.

  pnpm new-package foundation cache "Two tiers, single flight, tags, stale policy."

Layers: ${listFloors(matrix).join(', ')}

Exit codes: 0 made, 1 refused, 2 wrong usage.`

const root = join(import.meta.dirname, '..')

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  let parsed
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    console.error(`${error.message}\n\n${help}`)
    return 2
  }
  if (parsed.values.help) {
    console.log(help)
    return 0
  }
  const [floor, name, sentence] = parsed.positionals
  if (floor === undefined || name === undefined || sentence === undefined || parsed.positionals.length > 3) {
    console.error(
      `Expected a layer, a name and one quoted sentence, got ${parsed.positionals.length} arguments.\n\n${help}`,
    )
    return 2
  }
  const refusals = refuseRequest(root, matrix, { floor, name, sentence })
  if (refusals.length > 0) {
    for (const refusal of refusals) console.error(refusal)
    return 1
  }
  await write({
    ...makePackageFiles({ floor, name, sentence }),
    'tooling/layers.ts': insertRow(readFileSync(join(root, 'tooling/layers.ts'), 'utf8'), floor, name),
  })
  console.log(`Made packages/${floor}/${name}.

Next:
  1. pnpm check: it passes.
  2. src/lib/${name}.ts: write the first real thing, with its test beside it.
  3. README.md: features, a real use, guarantees, related packages.
  4. tooling/layers.ts: list in its row what it may import, then in package.json as "workspace:^".
  5. .changeset/${name}.md: say what users get.`)
  return 0
}

async function write(files: Record<string, string>): Promise<void> {
  writeFiles(root, files)
  const formatted = Object.keys(files).filter((path) => !path.startsWith('.changeset/'))
  await requireCommand(process.execPath, [toolScript(root, 'oxfmt'), ...formatted], { cwd: root })
}
