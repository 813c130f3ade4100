import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireCommand } from '../run-command.ts'
import type { WorkspacePackage } from '../workspace.ts'
import { writeFiles } from '../write-files.ts'
import { installConsumer, tryConsumer, writeConsumer } from './consumer.ts'
import { typeCheckInBrowser, typeCheckInNode } from './type-check-consumers.ts'

const repository = resolve(import.meta.dirname, '../..')
let folder: string

const manifest = {
  name: '@empire/greeting',
  version: '1.0.0',
  type: 'module',
  engines: { node: '>=22' },
  exports: {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './loud': { types: './dist/loud.d.ts', default: './dist/loud.js' },
  },
  bin: { greet: './dist/main.js' },
}
const files = {
  'dist/index.js': 'export const greet = (name) => `Hello, ${name}`\n',
  'dist/index.d.ts': 'export declare const greet: (name: string) => string;\n',
  'dist/loud.js': 'export const shout = (name) => name.toUpperCase()\n',
  'dist/loud.d.ts': 'export declare const shout: (name: string) => string;\n',
  'dist/main.js': '#!/usr/bin/env node\nconsole.log("greet <name>")\n',
}
const readme = `# @empire/greeting

\`\`\`ts
import { greet } from '@empire/greeting'

const name: string = 'Ada'
console.log(greet(name)) // Hello, Ada
\`\`\`
`

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'consumer-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

interface Change {
  readonly manifest?: object
  readonly files?: Readonly<Record<string, string>>
  readonly readme?: string
}

/** Packs the package with the change, and makes its consumer. */
async function prepare(change: Change = {}): Promise<{ consumer: string; workspacePackage: WorkspacePackage }> {
  const packed = { ...manifest, ...change.manifest }
  writeFiles(join(folder, 'package'), { ...files, ...change.files, 'package.json': JSON.stringify(packed) })
  await requireCommand('tar', ['-czf', 'greeting.tgz', 'package'], { cwd: folder })
  const workspacePackage = {
    name: manifest.name,
    folder: 'packages/foundation/greeting',
    manifest: { ...manifest, exports: {} },
    published: true,
    doors: new Map([
      ['@empire/greeting', 'src/index.ts'],
      ['@empire/greeting/loud', 'src/loud.ts'],
    ]),
  }
  const consumer = join(folder, 'consumer')
  const tarballs = new Map([[manifest.name, join(folder, 'greeting.tgz')]])
  await writeConsumer({
    root: repository,
    folder: consumer,
    workspacePackage,
    readme: change.readme ?? readme,
    tarballs,
  })
  return { consumer, workspacePackage }
}

async function problemsOf(change?: Change): Promise<string[]> {
  const { consumer, workspacePackage } = await prepare(change)
  await installConsumer(consumer, process.execPath)
  return tryConsumer(consumer, workspacePackage, process.execPath)
}

describe('a consumer of a packed package', { timeout: 60_000 }, () => {
  it('installs it, imports its doors, runs its example and its command', async () => {
    const { consumer, workspacePackage } = await prepare()
    expect(JSON.parse(readFileSync(join(consumer, 'package.json'), 'utf8'))).toMatchObject({
      dependencies: { '@empire/greeting': `file:${join(folder, 'greeting.tgz')}` },
      overrides: { '@empire/greeting': `file:${join(folder, 'greeting.tgz')}` },
    })
    await installConsumer(consumer, process.execPath)
    expect(await tryConsumer(consumer, workspacePackage, process.execPath)).toEqual([])
    expect(typeCheckInNode(repository, [consumer])).toEqual([])
    expect(typeCheckInBrowser([consumer])).toEqual([])
  })

  it('notices a door that cannot be imported, output that is wrong, and a command that says nothing', async () => {
    const broken = {
      'dist/loud.js': `import './missing.js'\n`,
      'dist/index.js': 'export const greet = (name) => `Good day, ${name}`\n',
      'dist/main.js': '#!/usr/bin/env node\n',
    }
    const problems = await problemsOf({ files: broken })
    expect(problems).toEqual([
      expect.stringMatching(/^importing its doors ended with exit code 1:[\s\S]*missing\.js/),
      expect.stringMatching(
        /^the example of its README ended with exit code 1:[\s\S]*README\.md:7 should print:\nHello, Ada/,
      ),
      'greet --help prints nothing',
    ])
  })

  it('notices a README without an example', async () => {
    expect(await problemsOf({ readme: '# @empire/greeting\n' })).toEqual([
      expect.stringMatching(/^the example of its README ended with exit code 1:[\s\S]*The README has no example\./),
    ])
  })

  it('refuses to be installed on a Node that the package does not support', async () => {
    await expect(problemsOf({ manifest: { engines: { node: '>=99' } } })).rejects.toThrow('Unsupported engine')
  })

  it('notices declarations that do not compile, also where Node has no types', async () => {
    const { consumer } = await prepare({
      files: { 'dist/index.d.ts': 'export declare const greet: (name: Buffer) => Missing;\n' },
    })
    await installConsumer(consumer, process.execPath)
    expect(typeCheckInNode(repository, [consumer]).toSorted()).toEqual([
      expect.stringMatching(/example\.ts:4 Argument of type 'string' is not assignable to parameter of type 'Buffer/),
      expect.stringMatching(/index\.d\.ts:1 Cannot find name 'Missing'\.$/),
    ])
    expect(typeCheckInBrowser([consumer])).toEqual([
      expect.stringMatching(/index\.d\.ts:1 Cannot find name 'Buffer'\./),
      expect.stringMatching(/index\.d\.ts:1 Cannot find name 'Missing'\.$/),
    ])
  })
})
