import { findPlaces } from '../check-places/find-places.ts'
import type { Manifest } from '../workspace.ts'

export interface Tarball {
  readonly manifest: Manifest & { readonly license?: string }
  /** Path in the package → text. */
  readonly files: ReadonlyMap<string, string>
}

const testFile = /(^|\/)(__tests__|fixtures)\/|\.(test|test-d|spec|bench)\.[cm]?[jt]sx?(\.map)?$/
const unpublished = /^(workspace|catalog|file|link):/
const dependencySections = ['dependencies', 'peerDependencies', 'optionalDependencies'] as const

/** What must not be in a published package, or is missing there. `root` is where it was built. */
export function inspectTarball({ manifest, files }: Tarball, root: string): string[] {
  return [
    ...unwantedFiles(manifest, files),
    ...missingFiles(manifest, files),
    ...unresolvedVersions(manifest),
    ...leakedPaths(files, root),
  ]
}

function* unwantedFiles(manifest: Manifest, files: ReadonlyMap<string, string>): Generator<string> {
  const folders = (manifest.files ?? []).filter((entry) => !entry.startsWith('!'))
  const always = new Set(['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'])
  for (const path of files.keys()) {
    if (testFile.test(path)) yield `${path} is a test file`
    const listed = always.has(path) || folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
    if (!listed) yield `${path} is not within \`files\``
    const source = /^dist\/(.*?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(path)?.[1]
    if (source !== undefined && !files.has(`src/${source}.ts`)) yield `${path} has no source: it is stale`
  }
}

function* missingFiles(manifest: Manifest, files: ReadonlyMap<string, string>): Generator<string> {
  for (const path of ['README.md', 'LICENSE']) if (!files.has(path)) yield `${path} is missing`
  const targets = [...Object.values(manifest.bin ?? {}), ...exportTargets(manifest.exports)]
  for (const target of targets) {
    const path = target.replace('./', '')
    if (!files.has(path)) yield `${target} is named in package.json and missing`
    else if (path.endsWith('.ts') && !path.endsWith('.d.ts')) yield `${target} in package.json is a source`
  }
}

function exportTargets(target: unknown): string[] {
  if (typeof target === 'string') return [target]
  return typeof target === 'object' && target !== null ? Object.values(target).flatMap(exportTargets) : []
}

function* unresolvedVersions(manifest: Manifest): Generator<string> {
  for (const section of dependencySections) {
    for (const [name, version] of Object.entries(manifest[section] ?? {})) {
      if (unpublished.test(version)) yield `${section} asks for ${name}@${version}`
    }
  }
}

function* leakedPaths(files: ReadonlyMap<string, string>, root: string): Generator<string> {
  for (const [path, text] of files) {
    yield* findPlaces(path, text)
    if (text.includes(root)) yield `${path} holds ${root}, where it was built`
  }
}
