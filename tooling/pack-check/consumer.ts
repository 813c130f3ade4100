import { mkdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { readCodeBlocks } from '../examples/code-blocks.ts'
import { rewriteExample } from '../examples/rewrite-example.ts'
import { runCommand } from '../run-command.ts'
import { runNpm } from '../run-npm.ts'
import { slashed, type WorkspacePackage } from '../workspace.ts'
import { writeFiles } from '../write-files.ts'
import { exampleScript, printerScript, printerSource } from './example-script.ts'

export interface ConsumerOptions {
  readonly root: string
  /** Where the consumer is made; empty or absent. */
  readonly folder: string
  readonly workspacePackage: WorkspacePackage
  /** The README as it was packed. */
  readonly readme: string
  /** Package → tarball, of all published packages. */
  readonly tarballs: ReadonlyMap<string, string>
}

/** Makes a project that depends on one package, imports its doors and runs the first example of its README. */
export async function writeConsumer({
  root,
  folder,
  workspacePackage,
  readme,
  tarballs,
}: ConsumerOptions): Promise<void> {
  const { name, doors, manifest } = workspacePackage
  const example = readCodeBlocks(readme).find(({ language }) => language === 'ts')
  const fileOf = (packageName: string): string => `file:${slashed(tarballs.get(packageName) ?? '')}`
  const dependencies: Record<string, string> = { [name]: fileOf(name) }
  for (const specifier of example === undefined ? [] : rewriteExample(example.code).specifiers) {
    const imported = packageOf(specifier)
    if (imported === undefined || Object.hasOwn(dependencies, imported)) continue
    dependencies[imported] = tarballs.has(imported)
      ? fileOf(imported)
      : installedVersion(root, workspacePackage, imported)
  }
  // A door may need what npm leaves to the user.
  for (const peer of Object.keys(manifest.peerDependenciesMeta ?? {})) {
    dependencies[peer] ??= installedVersion(root, workspacePackage, peer)
  }
  const doorList = [...doors.keys()]
  mkdirSync(folder, { recursive: true })
  writeFiles(folder, {
    'package.json': JSON.stringify({
      private: true,
      type: 'module',
      dependencies,
      overrides: Object.fromEntries([...tarballs.keys()].map((packageName) => [packageName, fileOf(packageName)])),
    }),
    'doors.mjs': doorList.map((door) => `await import('${door}')`).join('\n'),
    'doors.ts': doorList
      .map((door, index) => `import type * as door${index} from '${door}'\nexport type { door${index} }`)
      .join('\n'),
    'example.mjs':
      example === undefined ? `throw new Error('The README has no example.')` : await exampleScript(example),
    'example.ts': `${example?.code ?? ''}\nexport {}\n`,
    'printer.mjs': await printerScript(readFileSync(printerSource, 'utf8')),
  })
}

/** Installs the package as a user would. Rejects when it cannot be, or does not support this version of Node. */
export async function installConsumer(folder: string, node: string): Promise<void> {
  await runNpm(
    'npm',
    ['install', '--engine-strict', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, env: environmentOf(node) },
  )
}

/** Uses the installed package as a user would, on one version of Node. Gives the problems. */
export async function tryConsumer(folder: string, { manifest }: WorkspacePackage, node: string): Promise<string[]> {
  const env = environmentOf(node)
  const problems: string[] = []
  const run = async (what: string, command: string, args: readonly string[]): Promise<string> => {
    const { exitCode, output, stdout } = await runCommand(command, args, { cwd: folder, env })
    if (exitCode !== 0) problems.push(`${what} ended with exit code ${exitCode}:\n${output}`)
    return stdout
  }
  await run('importing its doors', node, ['doors.mjs'])
  await run('the example of its README', node, ['example.mjs'])
  for (const command of Object.keys(manifest.bin ?? {})) {
    const [program, ...args] = commandLine(command)
    const help = await run(`${command} --help`, program, args)
    if (help.trim() === '') problems.push(`${command} --help prints nothing`)
  }
  return problems
}

function environmentOf(node: string): Record<string, string | undefined> {
  return { PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`, NODE_OPTIONS: undefined }
}

function commandLine(command: string): [string, ...string[]] {
  const path = join('node_modules', '.bin', command)
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', `${path}.cmd`, '--help'] : [path, '--help']
}

function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('node:') || specifier.startsWith('.')) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function installedVersion(root: string, { folder }: WorkspacePackage, dependency: string): string {
  const path = join(root, folder, 'node_modules', dependency, 'package.json')
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
