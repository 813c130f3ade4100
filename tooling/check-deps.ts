import { join } from 'node:path'
import { checkDependencies } from './check-deps/check-dependencies.ts'
import { formatMatrix } from './check-deps/matrix-table.ts'
import { placeRows } from './check-deps/placed-row.ts'
import { matrix } from './layers.ts'
import { runGate } from './run-gate.ts'

const help = `Usage: pnpm check:deps

Holds every package against its row in tooling/layers.ts: the matrix itself, what each package.json lists,
and every import. Prints each violation and the matrix.

Exit codes: 0 all is well, 1 violations, 2 wrong usage.`

await runGate(help, async () => {
  const { violations, modules, imports } = await checkDependencies(join(import.meta.dirname, '..'), matrix)
  console.log(`${formatMatrix(placeRows(matrix))}\n`)
  for (const violation of violations) console.log(violation)
  console.log(`${modules} modules, ${imports.length} imports, ${violations.length} violations`)
  return violations.length === 0
})
