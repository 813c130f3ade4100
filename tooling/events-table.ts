import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatEvents, replaceEvents } from './events-table/format-events.ts'
import { loadEvents } from './events-table/load-events.ts'
import { runGate } from './run-gate.ts'

const path = 'architecture.md'

const help = `Usage: node tooling/events-table.ts [--check]

Writes the events that the packages declare into ${path}.

Options:
  --check  write nothing; fail when the page is not what would be written

Exit codes: 0 all is well, 1 stale or a wrong declaration, 2 wrong usage.`

await runGate(
  help,
  async ({ check }) => {
    const root = join(import.meta.dirname, '..')
    const { faults, ...loaded } = await loadEvents(root)
    for (const fault of faults) console.error(fault)
    const before = readFileSync(join(root, path), 'utf8')
    const after = replaceEvents(before, formatEvents(loaded))
    if (before === after) return faults.length === 0
    if (check) console.error(`The events in ${path} are stale: run "node tooling/events-table.ts", and commit it.`)
    else writeFileSync(join(root, path), after)
    return !check && faults.length === 0
  },
  ['check'],
)
