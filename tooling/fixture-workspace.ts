import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { writeFiles } from './write-files.ts'

/** Files by their path from the root: a text, or data to be written as JSON. `undefined` leaves the file out. */
export type FixtureFiles = Readonly<Record<string, string | object | undefined>>

/** A workspace in a temporary folder, for tests that plant faults. */
export interface FixtureWorkspace {
  readonly root: string
  remove(): void
}

/** Writes `files` and links: the path of each link from the root, to the folder that it leads to. */
export function createFixtureWorkspace(
  files: FixtureFiles,
  links: Readonly<Record<string, string>> = {},
): FixtureWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'empire-fixture-')))
  writeFiles(root, Object.fromEntries(Object.entries(files).flatMap(asText)))
  for (const [path, target] of Object.entries(links)) {
    const link = join(root, path)
    mkdirSync(dirname(link), { recursive: true })
    // A junction needs no privilege on Windows; elsewhere the type means nothing.
    symlinkSync(join(root, target), link, 'junction')
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

function asText([path, content]: [string, FixtureFiles[string]]): [string, string][] {
  if (content === undefined) return []
  return [[path, typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`]]
}
