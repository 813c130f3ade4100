import type { Path } from './path.ts'

/** Where the values and keys of a JSON text are. */
export interface JsonPlaces {
  /** The offset of the value or key at a path. */
  offsetOf(path: Path): number | undefined
  /** The first key that its object has already: `JSON.parse` takes the last one without a word. */
  readonly duplicate: { readonly path: Path; readonly offset: number } | undefined
}

interface Place {
  readonly offset: number
  readonly members: Map<string, Place>
}

interface Container extends Place {
  readonly key: string
  readonly isArray: boolean
}

const spaces = new Set([' ', '\t', '\n', '\r'])

/** Reads a text that `JSON.parse` takes, in one pass and without recursion. */
export function findJsonPlaces(text: string): JsonPlaces {
  const root: Place = { offset: 0, members: new Map() }
  const open: Container[] = []
  let duplicate: JsonPlaces['duplicate']
  let key = ''
  let place = root
  let isNext = false

  function begin(name: string, offset: number): void {
    isNext = false
    const members = open.at(-1)?.members
    key = name
    place = { offset, members: new Map() }
    if (members?.has(name) === true) duplicate ??= { path: [...open.slice(1).map((each) => each.key), name], offset }
    members?.set(name, place)
  }

  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (spaces.has(character) || character === ':') continue
    const container = open.at(-1)
    if (character === '}' || character === ']') open.pop()
    else if (character === ',') isNext = true
    else {
      const end = character === '"' ? endOfString(text, at) : at + 1
      if (isNext && container !== undefined) {
        begin(container.isArray ? String(container.members.size) : (JSON.parse(text.slice(at, end)) as string), at)
      }
      isNext = character === '{' || character === '['
      if (isNext) open.push({ ...place, key, isArray: character === '[' })
      at = end - 1
    }
    if (character === '}' || character === ']') isNext = false
  }
  return { offsetOf: (path) => offsetAlong(root, path), duplicate }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function offsetAlong(root: Place, path: Path): number | undefined {
  let place: Place | undefined = root
  for (const key of path) place = place?.members.get(key)
  return path.length === 0 ? undefined : place?.offset
}
