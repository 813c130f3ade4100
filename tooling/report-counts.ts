import { readFileSync } from 'node:fs'
import { countReport } from './report-counts/count-report.ts'

const usage = `node tooling/report-counts.ts <report>

Prints "<passed> <failed>" of a report of vitest, \`pnpm check\` or \`pnpm pack:check\`.`

const [path = '--help'] = process.argv.slice(2)
if (path === '--help') {
  console.log(usage)
} else {
  const { passed, failed } = countReport(readFileSync(path, 'utf8'))
  console.log(`${passed} ${failed}`)
}
