import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type EventDefinition, listEvents } from '../../packages/foundation/telemetry/src/index.ts'
import { readWorkspace } from '../workspace.ts'

/** A diagnostics channel of ours that is named in code and declared nowhere. */
export interface BareChannel {
  readonly name: string
  /** The source that names it, from the root. */
  readonly file: string
}

export interface LoadedEvents {
  /** By name. */
  readonly events: readonly EventDefinition[]
  /** By name. */
  readonly bareChannels: readonly BareChannel[]
  /** Each a sentence: which declaration is wrong, and in which file. */
  readonly faults: readonly string[]
}

const declaration = /\bdefineEvents\s*\(\s*(?:(['"`])([a-z0-9-]*)\1)?/g
const channelName = /(['"`])(empire:[a-z0-9-]+:[a-z0-9-]+)\1/g
const home = 'packages/foundation/telemetry'

/** Loads every source that declares events, and gives what they declare. */
export async function loadEvents(root: string): Promise<LoadedEvents> {
  const sources = readWorkspace(root)
    .filter(({ folder, published }) => published && folder !== home)
    .flatMap(({ folder }) => readSources(root, folder))
  const declared = new Set<string>()
  const faults: string[] = []
  for (const { owner, file, text } of sources) {
    const names = [...text.matchAll(declaration)].map(([, , name]) => name)
    if (names.length === 0) continue
    declared.add(owner)
    await import(/* @vite-ignore */ pathToFileURL(join(root, file)).href)
    for (const name of names.filter((other) => other !== owner)) {
      faults.push(`${file} should call defineEvents('${owner}', …), for its package; it names ${name ?? 'no text'}.`)
    }
  }
  const events = listEvents().filter((event) => declared.has(event.package))
  const known = new Set(events.map(({ name }) => name))
  const bare = new Map<string, BareChannel>()
  for (const { file, text } of sources) {
    if (!text.includes('diagnostics_channel')) continue
    for (const [, , name = ''] of text.matchAll(channelName)) if (!known.has(name)) bare.set(name, { name, file })
  }
  return { events, bareChannels: [...bare.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)), faults }
}

interface Source {
  /** The name of its package. */
  readonly owner: string
  readonly file: string
  readonly text: string
}

function readSources(root: string, folder: string): Source[] {
  if (!existsSync(join(root, folder, 'src'))) return []
  return globSync('src/**/*.ts', { cwd: join(root, folder) })
    .filter((path) => !/[.](test|test-d|bench)[.]ts$/.test(path))
    .toSorted()
    .map((path) => {
      const file = `${folder}/${path.replaceAll('\\', '/')}`
      return { owner: basename(folder), file, text: readFileSync(join(root, file), 'utf8') }
    })
}
