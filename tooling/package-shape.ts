import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checkPackageShape } from './package-shape/check-package-shape.ts'

const help = `Usage: node tooling/package-shape.ts

Checks that every package has its parts in their places: its row in tooling/layers.ts, the fields of package.json,
doors, files and their names, README and tsconfig.build.json. Prints each fault.

Exit codes: 0 all is well, 1 faults, 2 wrong usage.`

process.exitCode = main(process.argv.slice(2))

function main(args: string[]): number {
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
  const faults = checkPackageShape(join(import.meta.dirname, '..'))
  for (const fault of faults) console.log(fault)
  console.log(`${faults.length} faults`)
  return faults.length === 0 ? 0 : 1
}
