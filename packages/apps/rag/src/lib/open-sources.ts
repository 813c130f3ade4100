import { resolve } from 'node:path'
import { fileSource, type Source } from '@empire/ingest'
import { UsageError } from './usage-error.ts'

/** What opens the addresses of a scheme; loaded when there is one. */
type OpenSources = (addresses: readonly string[]) => Promise<readonly Source[]>

const files: OpenSources = async (addresses) => [fileSource(addresses)]

/** Which addresses are no paths, by what stands before "://". */
const schemes: ReadonlyMap<string, OpenSources> = new Map([])

/**
 * The whole address of what was typed: a path is the same from every folder.
 *
 * @throws UsageError for a scheme that cannot be read.
 */
export function addressOf(word: string): string {
  const scheme = schemeOf(word)
  if (scheme === undefined) return word.startsWith('!') ? `!${resolve(word.slice(1))}` : resolve(word)
  if (schemes.has(scheme)) return word
  const known = ['files, folders, globs', ...[...schemes.keys()].map((name) => `${name}://…`)]
  throw new UsageError(`The source ${scheme}://… cannot be read. Sources are ${known.join(', ')}.`)
}

/** The sources of addresses: one for all paths, so that no file is listed twice, and those of each scheme. */
export async function openSources(addresses: readonly string[]): Promise<readonly Source[]> {
  const groups = Map.groupBy(addresses, (address) => schemeOf(address) ?? '')
  const opened = [...groups].map(([scheme, group]) => (schemes.get(scheme) ?? files)(group))
  return (await Promise.all(opened)).flat()
}

function schemeOf(address: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase()
}
