import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand, toolScript } from '../run-command.ts'
import { writeFiles } from '../write-files.ts'
import { typeCheckExamples } from './type-check-examples.ts'

const repository = resolve(import.meta.dirname, '../..')
let root: string

const files = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      module: 'nodenext',
      target: 'es2023',
      types: ['node'],
      allowImportingTsExtensions: true,
      noEmit: true,
    },
  }),
  'vitest.config.ts': `import { examplesPlugin } from ${JSON.stringify(join(repository, 'tooling/examples/examples-plugin.ts'))}
export default { plugins: [examplesPlugin(import.meta.dirname)], test: { include: ['**/README.md'] } }`,
  'packages/foundation/greeting/package.json': JSON.stringify({
    name: '@empire/greeting',
    type: 'module',
    exports: { '.': './src/index.ts', './loud': './src/loud.ts' },
  }),
  'packages/foundation/greeting/src/index.ts': 'export const greet = (name: string): string => `Hello, ${name}`',
  'packages/foundation/greeting/src/loud.ts': `import { greet } from '@empire/greeting'
export const shout = (name: string): string => greet(name).toUpperCase()`,
  'packages/foundation/greeting/README.md': `# @empire/greeting

## Right

\`\`\`ts
import { greet } from '@empire/greeting'

for (const name of ['Ada', 'Alan']) console.log(greet(name))
// Hello, Ada
// Hello, Alan
\`\`\`

## Wrong output

\`\`\`ts
import { greet } from '@empire/greeting'

console.log(greet('Ada')) // Hello, Alan
\`\`\`

## Throws

\`\`\`ts
import { greet } from '@empire/greeting'

await Promise.resolve()
throw new Error(greet('error'))
\`\`\`

## Wrong type

\`\`\`ts
import { greet } from '@empire/greeting'

greet(3)
\`\`\`

## Name of another block

\`\`\`ts
greet('Ada')
\`\`\`

## Not an export

\`\`\`ts
import { part } from '@empire/greeting'

console.log(part) // undefined
\`\`\`

\`\`\`typescript
nobody.looks(here)
\`\`\`
`,
  'README.md': `# All

\`\`\`ts
import { shout } from '@empire/greeting/loud'

console.log(shout('Ada')) // HELLO, ADA
\`\`\`
`,
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'examples-'))
  writeFiles(root, files)
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction')
})

afterAll(() => rmSync(root, { recursive: true }))

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

describe('the examples of a README', { timeout: 30_000 }, () => {
  it('run as tests, and fail where they are wrong', async () => {
    await runCommand(
      process.execPath,
      [toolScript(repository, 'vitest'), 'run', '--root', root, '--reporter=json', '--outputFile=report.json'],
      { cwd: root, env: { VITEST: undefined, NODE_OPTIONS: undefined } },
    )
    const report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as Report
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults)
    expect(Object.fromEntries(results.map(({ title, status }) => [title, status]))).toEqual({
      'All (line 3)': 'passed',
      'Right (line 5)': 'passed',
      'Wrong output (line 15)': 'failed',
      'Throws (line 23)': 'failed',
      'Wrong type (line 32)': 'passed',
      'Name of another block (line 40)': 'failed',
      'Not an export (line 46)': 'passed',
    })
    const failureOf = (heading: string): string | undefined =>
      results.find(({ title }) => title.startsWith(heading))?.failureMessages.join('\n')
    expect(failureOf('Wrong output')).toContain('README.md:18 should print:\nHello, Alan\n\nIt printed:\nHello, Ada')
    expect(failureOf('Throws')).toMatch(/README\.md:27:/)
  })

  it('are type-checked, each alone', () => {
    const text = files['packages/foundation/greeting/README.md']
    const path = 'packages/foundation/greeting/README.md'
    expect(
      typeCheckExamples(root, [
        { path, text },
        { path: 'README.md', text: files['README.md'] },
      ]),
    ).toEqual([
      `${path}:52 tags a block \`typescript\`: tag it \`ts\`, or it is neither run nor checked.`,
      `${path}:35:7 Argument of type 'number' is not assignable to parameter of type 'string'.`,
      `${path}:41:1 Cannot find name 'greet'.`,
      `${path}:47:10 Module '"@empire/greeting"' has no exported member 'part'.`,
    ])
  })
})
