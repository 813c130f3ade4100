import { scope, testFloor } from '../layers.ts'
import { checkCommands } from './check-commands.ts'
import { asRecord, compare, compareEntries, compareFields, show } from './compare-fields.ts'
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
export function checkManifestShape(home: PackageFolder): string[] {
  const { name, floor, manifest = {} } = home
  return [
    ...compare('name', `${scope}${name}`, manifest['name']),
    ...checkText('version', manifest['version']),
    ...checkText('description', manifest['description']),
    ...(floor === testFloor ? compareFields('', testFields, manifest) : checkPublished(home, manifest)),
    ...checkVersions(manifest),
  ]
}

function checkPublished(home: PackageFolder, manifest: Record<string, unknown>): string[] {
  const { scripts, ...fields } = publishedFields
  const commands = new Set(Object.values(asRecord(manifest['bin'])))
  const doors = home.files.filter((file) => /^src\/[^/.]+[.]ts$/.test(file) && !commands.has(`./${file}`))
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
    ...checkCommands(home, manifest['bin'], asRecord(publishConfig['bin'])),
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

const sections = ['dependencies', 'peerDependencies', 'optionalDependencies', 'devDependencies']

function checkVersions(manifest: Record<string, unknown>): string[] {
  return sections.flatMap((section) =>
    Object.entries(asRecord(manifest[section])).flatMap(([dependency, version]) =>
      compare(`${section}.${dependency}`, dependency.startsWith(scope) ? 'workspace:^' : 'catalog:', version),
    ),
  )
}

function checkText(label: string, value: unknown): string[] {
  return typeof value === 'string' && value.trim() !== ''
    ? []
    : [`package.json: ${label} should be a text, is ${show(value)}.`]
}
