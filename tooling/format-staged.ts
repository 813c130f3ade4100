import { parseArgs } from 'node:util'
import { formatStaged } from './format-staged/format-staged.ts'
import { toolScript } from './run-command.ts'

const usage = `node tooling/format-staged.ts

Formats the staged files; the pre-commit hook runs it. Nothing gets staged that was not.`

if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help === true) {
  console.log(usage)
} else {
  try {
    await formatStaged(process.cwd(), toolScript(process.cwd(), 'oxfmt'))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
