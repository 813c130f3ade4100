import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runPackCheck } from './pack-check/run-pack-check.ts'

const usage = `pnpm pack:check [--node 22,24] [--report <file>]

Packs every published package and installs each alone in an empty folder, on the first version of Node. On each version, imports
its doors and runs the first example of its README and its commands. Compiles its types, and compares what was installed
with its budget (tooling/pack-check/budgets.json). Exits with 1 on a problem.

Options:
  --node <majors>  versions of Node, with commas (default 22,24)
  --report <file>  write { "passed": …, "failed": … } there
  --help           show this`

try {
  const { values } = parseArgs({
    options: { help: { type: 'boolean' }, node: { type: 'string', default: '22,24' }, report: { type: 'string' } },
  })
  if (values.help === true) console.log(usage)
  else await main(values.node.split(','), values.report)
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error)
  process.exitCode = 1
}

async function main(majors: readonly string[], report: string | undefined): Promise<void> {
  const started = performance.now()
  const { cases, footprints } = await runPackCheck(process.cwd(), majors)
  for (const [name, { kilobytes, dependencies }] of [...footprints].toSorted()) {
    console.log(
      `${name.padEnd(28)} ${String(kilobytes).padStart(7)} kB installed ${String(dependencies).padStart(3)} dependencies`,
    )
  }
  const failed = cases.filter(({ problems }) => problems.length > 0)
  for (const { name, problems } of failed) console.log(`\n✗ ${name}\n  ${problems.join('\n').replaceAll('\n', '\n  ')}`)
  const counts = { passed: cases.length - failed.length, failed: failed.length }
  console.log(
    `\n${counts.passed} passed, ${counts.failed} failed in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
  if (report !== undefined) writeFileSync(report, JSON.stringify(counts))
  if (counts.failed > 0) process.exitCode = 1
}
