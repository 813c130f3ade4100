import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatEvents } from './events-table/format-events.ts'
import { loadEvents } from './events-table/load-events.ts'
import { runGate } from './run-gate.ts'

const path = 'packages/foundation/telemetry/EVENTS.md'

const help = `Usage: node tooling/events-table.ts [--check]

Writes ${path} from the events that the packages declare.

Options:
  --check  write nothing; fail when the file is not what would be written

Exit codes: 0 all is well, 1 stale or a wrong declaration, 2 wrong usage.`

await runGate(
  help,
  async ({ check }) => {
    const root = join(import.meta.dirname, '..')
    const { faults, ...loaded } = await loadEvents(root)
    for (const fault of faults) console.error(fault)
    const page = formatEvents(loaded)
    const file = join(root, path)
    if (existsSync(file) && readFileSync(file, 'utf8') === page) return faults.length === 0
    if (check) console.error(`${path} is stale: run "node tooling/events-table.ts", and commit it.`)
    else writeFileSync(file, page)
    return !check && faults.length === 0
  },
  ['check'],
)
