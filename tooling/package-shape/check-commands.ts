import { asRecord, compareEntries, show } from './compare-fields.ts'
import type { PackageFolder } from './package-folder.ts'

const shebang = '#!/usr/bin/env node\n'

/** The faults of the commands of a package: `bin` names files in src, `publishConfig.bin` what is built from them. */
export function checkCommands(home: PackageFolder, bin: unknown, builtBin: Record<string, unknown>): string[] {
  if (bin !== undefined && (typeof bin !== 'object' || bin === null)) {
    return [`package.json: bin should give each command its file, is ${show(bin)}.`]
  }
  const commands = Object.entries(asRecord(bin)).map(([name, target]) => ({ name, target: String(target) }))
  if (home.floor === 'apps' && commands.length === 0) return ['package.json: bin should name the command of the app.']
  const built = commands.map(({ name, target }) => [name, target.replace('./src/', './dist/').replace(/[.]ts$/, '.js')])
  return [
    ...commands.flatMap(({ name, target }) => checkTarget(home, name, target)),
    ...compareEntries('publishConfig.bin', Object.fromEntries(built), builtBin),
  ]
}

function checkTarget(home: PackageFolder, name: string, target: string): string[] {
  const file = target.slice('./'.length)
  if (!/^[.][/]src[/][^/]+[.]ts$/.test(target) || !home.files.includes(file)) {
    return [`package.json: bin["${name}"] should name a file in src, is "${target}".`]
  }
  return home.read(file).startsWith(shebang) ? [] : [`${file}: a command should begin with ${shebang.trim()}.`]
}
