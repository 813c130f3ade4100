import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireCommand } from '../run-command.ts'
import type { WorkspacePackage } from '../workspace.ts'
import { writeFiles } from '../write-files.ts'
import { installConsumer, tryConsumer, writeConsumer } from './consumer.ts'
import { typeCheckInBrowser, typeCheckInNode } from './type-check-consumers.ts'

const repository = resolve(import.meta.dirname, '../..')
let root: string
let sound: Consumer
let broken: Consumer

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

/** Each is installed once, for that takes its time. */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'consumer-'))
  sound = await prepare('sound')
  broken = await prepare('broken', {
    // TypeScript takes packages of one name and one version for the same.
    manifest: { version: '1.0.1' },
    files: {
      'dist/index.js': 'export const greet = (name) => `Good day, ${name}`\n',
      'dist/index.d.ts': 'export declare const greet: (name: Buffer) => Missing;\n',
      'dist/loud.js': `import './missing.js'\n`,
      'dist/main.js': '#!/usr/bin/env node\n',
    },
  })
  for (const { folder } of [sound, broken]) await installConsumer(folder, process.execPath)
}, 60_000)
afterAll(() => rmSync(root, { recursive: true }))

interface Change {
  readonly manifest?: object
  readonly files?: Readonly<Record<string, string>>
}

interface Consumer {
  readonly folder: string
  readonly tarball: string
}

const workspacePackage: WorkspacePackage = {
  name: manifest.name,
  folder: 'packages/foundation/greeting',
  manifest: { ...manifest, exports: {} },
  published: true,
  doors: new Map([
    ['@empire/greeting', 'src/index.ts'],
    ['@empire/greeting/loud', 'src/loud.ts'],
  ]),
}

/** Packs the package with the change, and makes its consumer. */
async function prepare(name: string, change: Change = {}): Promise<Consumer> {
  const packed = { ...manifest, ...change.manifest }
  const place = join(root, name)
  writeFiles(join(place, 'package'), { ...files, ...change.files, 'package.json': JSON.stringify(packed) })
  await requireCommand('tar', ['-czf', 'greeting.tgz', 'package'], { cwd: place })
  const consumer = { folder: join(place, 'consumer'), tarball: join(place, 'greeting.tgz') }
  await write(consumer, readme)
  return consumer
}

async function write({ folder, tarball }: Consumer, text: string): Promise<void> {
  const tarballs = new Map([[manifest.name, tarball]])
  await writeConsumer({ root: repository, folder, workspacePackage, readme: text, tarballs })
}

const problemsOf = ({ folder }: Consumer): Promise<string[]> => tryConsumer(folder, workspacePackage, process.execPath)

describe('a consumer of a packed package', { timeout: 60_000 }, () => {
  it('installs it, imports its doors, runs its example and its command', async () => {
    expect(JSON.parse(readFileSync(join(sound.folder, 'package.json'), 'utf8'))).toMatchObject({
      dependencies: { '@empire/greeting': `file:${sound.tarball}` },
      overrides: { '@empire/greeting': `file:${sound.tarball}` },
    })
    expect(await problemsOf(sound)).toEqual([])
  })

  it('notices a door that cannot be imported, output that is wrong, and a command that says nothing', async () => {
    expect(await problemsOf(broken)).toEqual([
      expect.stringMatching(/^importing its doors ended with exit code 1:[\s\S]*missing\.js/),
      expect.stringMatching(
        /^the example of its README ended with exit code 1:[\s\S]*README\.md:7 should print:\nHello, Ada/,
      ),
      'greet --help prints nothing',
    ])
  })

  it('notices a README without an example', async () => {
    await write(sound, '# @empire/greeting\n')
    expect(await problemsOf(sound)).toEqual([
      expect.stringMatching(/^the example of its README ended with exit code 1:[\s\S]*The README has no example\./),
    ])
    await write(sound, readme)
  })

  it('refuses to be installed on a Node that the package does not support', async () => {
    const { folder } = await prepare('modern', { manifest: { engines: { node: '>=99' } } })
    await expect(installConsumer(folder, process.execPath)).rejects.toThrow('Unsupported engine')
  })

  it('notices declarations that do not compile, also where Node has no types, and no others', () => {
    const folders = [sound.folder, broken.folder]
    expect(typeCheckInNode(repository, folders).toSorted()).toEqual([
      expect.stringMatching(
        /broken\/.*example\.ts:4 Argument of type 'string' is not assignable to parameter of type 'Buffer/,
      ),
      expect.stringMatching(/broken\/.*index\.d\.ts:1 Cannot find name 'Missing'\.$/),
    ])
    expect(typeCheckInBrowser(folders)).toEqual([
      expect.stringMatching(/broken\/.*index\.d\.ts:1 Cannot find name 'Buffer'\./),
      expect.stringMatching(/broken\/.*index\.d\.ts:1 Cannot find name 'Missing'\.$/),
    ])
  })
})
