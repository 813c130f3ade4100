import { join } from 'node:path'
import { checkDependencies } from './check-deps/check-dependencies.ts'
import { countEdges } from './check-deps/count-edges.ts'
import { findDrift, readSnapshot, takeSnapshot, writeSnapshot } from './check-deps/edge-snapshot.ts'
import { formatMatrix } from './check-deps/matrix-table.ts'
import { placeRows } from './check-deps/placed-row.ts'
import { matrix } from './layers.ts'
import { runGate } from './run-gate.ts'

const help = `Usage: pnpm check:deps [--report] [--update]

Holds every package against its row in tooling/layers.ts: the matrix itself, what each package.json lists,
and every import. Holds the edges against those that were reviewed, tooling/check-deps/edges.json: an edge that is
new and a permission that is unused both have to be seen. Prints each violation and the matrix.

Options:
  --report  print the matrix with the imports behind each permission: in run-time code + in tests
  --update  write the edges of today to tooling/check-deps/edges.json, for review

Exit codes: 0 all is well, 1 violations, 2 wrong usage.`

await runGate(
  help,
  async ({ report, update }) => {
    const root = join(import.meta.dirname, '..')
    const rows = placeRows(matrix)
    const { violations, modules, imports } = await checkDependencies(root, matrix)
    const edges = countEdges(rows, imports)
    const snapshot = takeSnapshot(rows, edges)
    if (update) writeSnapshot(root, snapshot)
    const faults = [...violations, ...findDrift(readSnapshot(root), snapshot, edges)]
    console.log(`${formatMatrix(rows, report ? edges : undefined)}\n`)
    for (const fault of faults) console.log(fault)
    console.log(`${modules} modules, ${imports.length} imports, ${faults.length} violations`)
    return faults.length === 0
  },
  ['report', 'update'],
)
