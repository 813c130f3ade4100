import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { checkParts } from './check/parts.ts'
import { runParts, selectParts } from './check/run-parts.ts'
import { countResults, summarise } from './check/summary.ts'

const root = process.cwd()
const parts = checkParts(root)

const usage = `pnpm check [part …] [--report <file>]

Runs everything that a reviewer would, also when a part fails; exits with 1 if one did.

Parts:
${parts.map(({ name, description }) => `  ${name.padEnd(9)} ${description}`).join('\n')}

Options:
  --report <file>  write { "passed": …, "failed": … } there
  --help           show this`

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, report: { type: 'string' } },
  })
  if (values.help === true) {
    console.log(usage)
  } else {
    const started = performance.now()
    const results = await runParts(selectParts(parts, positionals), {
      cwd: root,
      limit: Math.max(2, availableParallelism()),
      onEnd: ({ name, status, output }) => {
        if (status !== 'passed') console.log(`── ${name} ${status}\n${output.trimEnd()}\n`)
      },
    })
    console.log(summarise(results, performance.now() - started))
    const counts = countResults(results)
    if (values.report !== undefined) writeFileSync(values.report, JSON.stringify(counts))
    if (counts.failed > 0) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error)
  process.exitCode = 1
}
