import { parseArgs } from 'node:util'
import { buildDocs } from './docs/build-docs.ts'

const usage = `pnpm run docs [--out <folder>]

Writes the API pages of the published packages, by default to ./docs; exits with 1 when an export is not documented.`

const { values } = parseArgs({ options: { help: { type: 'boolean' }, out: { type: 'string', default: 'docs' } } })
if (values.help === true) {
  console.log(usage)
} else {
  const problems = await buildDocs(process.cwd(), values.out)
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exitCode = 1
  } else {
    console.log(`The API pages are in ${values.out}.`)
  }
}
