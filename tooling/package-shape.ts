import { join } from 'node:path'
import { checkPackageShape } from './package-shape/check-package-shape.ts'
import { runGate } from './run-gate.ts'

const help = `Usage: node tooling/package-shape.ts

Checks that every package has its parts in their places: its row in tooling/layers.ts, the fields of package.json,
doors, files and their names, README and tsconfig.build.json. Prints each fault.

Exit codes: 0 all is well, 1 faults, 2 wrong usage.`

await runGate(help, () => {
  const faults = checkPackageShape(join(import.meta.dirname, '..'))
  for (const fault of faults) console.log(fault)
  console.log(`${faults.length} faults`)
  return faults.length === 0
})
