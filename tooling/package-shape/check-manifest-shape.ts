import { isDeepStrictEqual } from 'node:util'
import { scope, testFloor } from '../layers.ts'
import type { PackageFolder } from './package-folder.ts'

/** What every published package says. */
export const publishedFields = {
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  files: ['dist', 'src', '!src/**/*.test.ts', '!src/**/*.test-d.ts'],
  engines: { node: '>=22.18' },
  scripts: { build: 'tsc -p tsconfig.build.json', test: 'vitest run --root ../../.. --dir .' },
}

const testFields = { license: 'MIT', type: 'module', private: true }

/** The faults of a package.json: its fixed fields, its doors and commands against the files in `src`, its versions. */
export function checkManifestShape({ name, floor, files, manifest = {} }: PackageFolder): string[] {
  const isTest = floor === testFloor
  return [
    ...compare('name', `${scope}${name}`, manifest['name']),
    ...checkText('version', manifest['version']),
    ...checkText('description', manifest['description']),
    ...(isTest ? compareFields('', testFields, manifest) : checkPublished(floor, files, manifest)),
    ...checkVersions(manifest),
  ]
}

function checkPublished(floor: string, files: readonly string[], manifest: Record<string, unknown>): string[] {
  const { scripts, ...fields } = publishedFields
  const bin = asRecord(manifest['bin'])
  const commands = new Set(Object.values(bin))
  const doors = files.filter((file) => /^src\/[^/.]+[.]ts$/.test(file) && !commands.has(`./${file}`))
  const exports = { ...Object.fromEntries(doors.map((file) => [subpathOf(file), `./${file}`])), ...ownManifest }
  const built = { ...Object.fromEntries(doors.map((file) => [subpathOf(file), builtDoor(file)])), ...ownManifest }
  const publishConfig = asRecord(manifest['publishConfig'])
  return [
    ...compare('private', undefined, manifest['private']),
    ...compareFields('', fields, manifest),
    ...compareFields('scripts.', scripts, asRecord(manifest['scripts'])),
    ...compareEntries('exports', exports, asRecord(manifest['exports'])),
    ...compareFields('publishConfig.', { access: 'public', provenance: true }, publishConfig),
    ...compareEntries('publishConfig.exports', built, asRecord(publishConfig['exports'])),
    ...checkCommands(floor, files, bin, asRecord(publishConfig['bin'])),
  ]
}

const ownManifest = { './package.json': './package.json' }

function subpathOf(file: string): string {
  return file === 'src/index.ts' ? '.' : `./${file.slice('src/'.length, -'.ts'.length)}`
}

function builtDoor(file: string): { types: string; default: string } {
  const path = `./dist/${file.slice('src/'.length, -'.ts'.length)}`
  return { types: `${path}.d.ts`, default: `${path}.js` }
}

function checkCommands(
  floor: string,
  files: readonly string[],
  bin: Record<string, unknown>,
  builtBin: Record<string, unknown>,
): string[] {
  if (floor === 'apps' && Object.keys(bin).length === 0)
    return ['package.json: an app has a command, but "bin" is empty.']
  const faults = Object.entries(bin)
    .filter(([, target]) => !files.some((file) => `./${file}` === target && /^src\/[^/]+[.]ts$/.test(file)))
    .map(([command, target]) => `package.json: "bin" names ${show(target)} for ${command}, which is no file in src.`)
  const built = Object.entries(bin).map(([command, target]) => [
    command,
    String(target)
      .replace('./src/', './dist/')
      .replace(/[.]ts$/, '.js'),
  ])
  return [...faults, ...compareEntries('publishConfig.bin', Object.fromEntries(built), builtBin)]
}

const sections = ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies']

function checkVersions(manifest: Record<string, unknown>): string[] {
  return sections.flatMap((section) =>
    Object.entries(asRecord(manifest[section])).flatMap(([dependency, version]) =>
      compare(`${section}.${dependency}`, dependency.startsWith(scope) ? 'workspace:^' : 'catalog:', version),
    ),
  )
}

function compareFields(prefix: string, expected: object, actual: Record<string, unknown>): string[] {
  return Object.entries(expected).flatMap(([key, value]) => compare(`${prefix}${key}`, value, actual[key]))
}

/** Like `compareFields`, and refuses entries that are not expected. */
function compareEntries(label: string, expected: Record<string, unknown>, actual: Record<string, unknown>): string[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...keys].flatMap((key) => compare(`${label}["${key}"]`, expected[key], actual[key]))
}

function compare(label: string, expected: unknown, actual: unknown): string[] {
  if (isDeepStrictEqual(expected, actual)) return []
  const wish = expected === undefined ? 'should not be there' : `should be ${show(expected)}`
  return [`package.json: ${label} ${wish}, is ${show(actual)}.`]
}

function checkText(label: string, value: unknown): string[] {
  return typeof value === 'string' && value.trim() !== ''
    ? []
    : [`package.json: ${label} should be a text, is ${show(value)}.`]
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? 'missing'
}
