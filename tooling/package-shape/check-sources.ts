import ts from 'typescript'
import { testFloor } from '../layers.ts'
import { checkExports } from './check-exports.ts'
import { emptyNames } from './empty-names.ts'
import type { PackageFolder } from './package-folder.ts'

const codeFile = /[.][cm]?[jt]sx?$/
const kebabPath = /^src\/([a-z][a-z0-9]*(-[a-z0-9]+)*\/)*[a-z][a-z0-9]*(-[a-z0-9]+)*([.][a-z]+(-[a-z]+)*)*[.]ts$/
const testName = /[.](test|test-d)[.]ts$/

/** The faults of the files in a package: their places, their names, and what they export. */
export function checkSources(home: PackageFolder): string[] {
  const sources = home.files.filter((file) => file.startsWith('src/'))
  const code = sources.filter((file) => codeFile.test(file))
  const commands = listCommands(home.manifest)
  return [
    ...(home.floor === testFloor ? [] : checkPlaces(home.files, commands)),
    ...code.flatMap(checkName),
    ...code.flatMap((file) =>
      checkExports(
        ts.createSourceFile(file, home.read(file), ts.ScriptTarget.Latest),
        /^src\/[^/]+$/.test(file) && !commands.has(file) && !testName.test(file) && home.floor !== testFloor,
      ),
    ),
  ]
}

function listCommands(manifest: PackageFolder['manifest']): ReadonlySet<string> {
  const bin = manifest?.['bin']
  const targets = typeof bin === 'object' && bin !== null ? Object.values(bin) : []
  return new Set(targets.map((target) => String(target).replace(/^[.][/]/, '')))
}

const rootFiles = new Set(['README.md', 'CHANGELOG.md', 'package.json', 'tsconfig.build.json'])

function checkPlaces(files: readonly string[], commands: ReadonlySet<string>): string[] {
  const all = new Set(files)
  return files.flatMap((file) => {
    if (!file.startsWith('src/')) return rootFiles.has(file) ? [] : [`${file}: does not belong in a package.`]
    const subject = file.replace(/[.].*$/, '.ts')
    if (testName.test(file)) {
      const isInPlace = file.startsWith('src/lib/') || commands.has(subject)
      if (!isInPlace) return [`${file}: tests belong beside the code in src/lib.`]
      return all.has(subject) ? [] : [`${file}: there is no ${subject} beside it.`]
    }
    const isDoor = /^src\/[^/.]+[.]ts$/.test(file)
    return isDoor || file.startsWith('src/lib/') ? [] : [`${file}: only doors and lib belong in src.`]
  })
}

function checkName(file: string): string[] {
  if (!kebabPath.test(file)) return [`${file}: should be named in kebab-case and end in .ts.`]
  const names = file.split('/').map((segment) => segment.replace(/[.].*$/, ''))
  const empty = names.find((name) => emptyNames.has(name))
  if (empty !== undefined) return [`${file}: "${empty}" says nothing; name it after what it holds.`]
  if (file.startsWith('src/lib/') && names.at(-1) === 'index') return [`${file}: a package has no barrels inside.`]
  return []
}
