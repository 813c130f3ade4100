import { canonicalJson } from './canonical-json.ts'
import type { ContentHash } from './content-hash.ts'
import type { Content, StoredDamage, StoredStep } from './record-store.ts'

/** One step as a line of a file, without the line feed: itself canonical JSON. */
export function formatLine(text: string, hash: ContentHash, contents: readonly Content[]): string {
  const members = contents
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    .map((content) => `"${content.hash}":${content.text}`)
  return `{"contents":{${members.join(',')}},"hash":"${hash}","step":${text}}`
}

/** What `formatLine` wrote. */
export function parseLine(line: string, place: string): StoredStep | StoredDamage {
  const parsed = parseJson(line)
  if (parsed === undefined) return { place, damage: 'there is no JSON' }
  if (!isLine(parsed)) return { place, damage: 'there is no step' }
  const contents = Object.entries(parsed.contents).map(([hash, value]) => ({
    hash: hash as ContentHash,
    text: canonicalJson(value),
  }))
  const text = canonicalJson(parsed.step)
  if (formatLine(text, parsed.hash as ContentHash, contents) !== line) {
    return { place, damage: 'the line was changed: it is not canonical JSON of a step' }
  }
  return { place, text, hash: parsed.hash, contents }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    canonicalJson(value)
    return value
  } catch {
    return undefined
  }
}

interface Line {
  readonly contents: Readonly<Record<string, unknown>>
  readonly hash: string
  readonly step: object
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false
  const { contents, hash, step } = value as Partial<Record<string, unknown>>
  return isObject(contents) && typeof hash === 'string' && isObject(step)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
