import { parseArgs } from 'node:util'
import { checkApi } from './api-snapshot/check-api.ts'

const usage = `node tooling/api-snapshot.ts

Compares what the doors export with the last version (tooling/api-snapshot/api.json); exits with 1 when a name, a door or
a package is gone and .changeset/ has no major changeset of that package. \`pnpm version-packages\` rewrites the snapshot.`

if (parseArgs({ options: { help: { type: 'boolean' } } }).values.help === true) {
  console.log(usage)
} else {
  const problems = checkApi(process.cwd())
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exitCode = 1
  }
}
