import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { listMarkdown } from './examples/list-markdown.ts'
import { typeCheckExamples } from './examples/type-check-examples.ts'

const usage = `node tooling/check-examples.ts

Checks the types of the \`ts\` blocks in the Markdown files of the root and of the packages; exits with 1 on an error.`

if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help === true) {
  console.log(usage)
} else {
  const root = process.cwd()
  const files = listMarkdown(root).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  const problems = typeCheckExamples(root, files)
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exitCode = 1
  }
}
