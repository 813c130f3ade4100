import { loadBench } from './bench-file.ts'
import { parseArguments } from './parse-arguments.ts'
import { renderTable } from './table.ts'

// The process that main.ts starts for one benchmark: its heap and its compiled code are its own.
const [name = '', ...options] = process.argv.slice(2)
const { data, quick } = parseArguments(options, [])
const { description, run } = await loadBench(name)
const tables = await run({ data, quick })
console.log([`## ${name}`, description, ...tables.map(renderTable)].join('\n\n'), '\n')
