import { readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { systemErrorCode } from './system-error.ts'

/** The rules of the `.gitignore` files that hold in a folder. */
export interface GitIgnore {
  /** Whether the rules leave out an entry. */
  ignores(location: string, isFolder: boolean): boolean
  /** The rules that hold in a folder inside. */
  within(folder: string): Promise<GitIgnore>
}

/** No rules, and none further down. */
export const noGitIgnore: GitIgnore = { ignores: () => false, within: async () => noGitIgnore }

/** A file of rules that is larger is none that people wrote. */
const longestFile = 1024 * 1024

/** The rules that hold in a folder that was named: its own, and those of the folders around it up to the root of its repository. */
export async function gitIgnoreOf(folder: string): Promise<GitIgnore> {
  const around = await foldersAround(folder)
  let outer: GitIgnore | undefined
  for (const next of around) outer = await rules(outer, next)
  // What is named is meant, also if it is left out where it is not.
  return rules(outer?.ignores(folder, true) === true ? undefined : outer, folder)
}

/** The folders around a folder that are in its repository, the outermost first; none without a repository. */
async function foldersAround(folder: string): Promise<string[]> {
  const around: string[] = []
  for (let inner = folder; !(await exists(join(inner, '.git'))); inner = dirname(inner)) {
    if (dirname(inner) === inner) return []
    around.unshift(dirname(inner))
  }
  return around
}

async function rules(outer: GitIgnore | undefined, folder: string): Promise<GitIgnore> {
  const own = await readRules(folder)
  const all: GitIgnore = {
    ignores(location, isFolder) {
      const path = relative(folder, location).split(sep).join('/')
      const { ignored, unignored } = own?.test(isFolder ? `${path}/` : path) ?? { ignored: false, unignored: false }
      // The innermost file that says something of it counts.
      return ignored || (!unignored && outer !== undefined && outer.ignores(location, isFolder))
    },
    within: (inner) => rules(all, inner),
  }
  return all
}

async function readRules(folder: string): Promise<Ignore | undefined> {
  const path = join(folder, '.gitignore')
  try {
    const { size } = await stat(path)
    return size > longestFile ? undefined : ignore().add(await readFile(path, 'utf8'))
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error
    // What cannot be read says nothing.
    return undefined
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
