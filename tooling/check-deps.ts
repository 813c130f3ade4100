import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkDependencies } from './check-deps/check-dependencies.ts'
import { formatMatrix } from './check-deps/matrix-table.ts'
import { placeRows } from './check-deps/placed-row.ts'
import { matrix } from './layers.ts'

const help = `Usage: pnpm check:deps

Holds every package against its row in tooling/layers.ts: the matrix itself, what each package.json lists,
and every import. Prints each violation and the matrix.

Exit codes: 0 all is well, 1 violations, 2 wrong usage.`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  let wantsHelp: boolean | undefined
  try {
    wantsHelp = parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } } }).values.help
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
    return 2
  }
  if (wantsHelp) {
    console.log(help)
    return 0
  }
  const { violations, modules, imports } = await checkDependencies(join(import.meta.dirname, '..'), matrix)
  console.log(`${formatMatrix(placeRows(matrix))}\n`)
  for (const violation of violations) console.log(violation)
  console.log(`${modules} modules, ${imports.length} imports, ${violations.length} violations`)
  return violations.length === 0 ? 0 : 1
}
