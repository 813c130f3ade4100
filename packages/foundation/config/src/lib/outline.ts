import { allowsKey, type JsonSchema, knownKeys, type Place, placeBelow, placeOf, typesAt } from './json-schema.ts'
import type { Path } from './path.ts'

/** What the schemas say about one place of the settings. */
export interface Outline {
  /** The keys that are named there. */
  readonly keys: readonly string[]
  /** The JSON types of what may stand there; empty when the schemas do not say. */
  readonly types: ReadonlySet<string>
  /** Whether the value is a secret, or a part of one. */
  readonly isSecret: boolean
  /** Whether a secret may stand there or anywhere below. */
  readonly holdsSecret: boolean
  /** Whether `key` may be set there. */
  allows(key: string): boolean
  /** Whether validated settings can have `key` there. */
  gives(key: string): boolean
  below(key: string): Outline
}

export interface OutlineDocuments {
  /** What the settings look like before validation. */
  readonly input: JsonSchema
  /** What they look like after it. */
  readonly output: JsonSchema
}

interface Spot {
  readonly input: Place
  readonly output: Place
  /** The paths of secrets, from here; `*` stands for any key. */
  readonly secrets: readonly Path[]
  readonly insideSecret: boolean
}

/** The outline of whole settings, from their JSON Schemas and the paths of secrets. */
export function createOutline(documents: OutlineDocuments, secrets: readonly Path[]): Outline {
  const { input, output } = documents
  return outlineAt(documents, {
    input: placeOf(input, [input]),
    output: placeOf(output, [output]),
    secrets,
    insideSecret: false,
  })
}

export function outlineAlong(outline: Outline, path: Path): Outline {
  return path.reduce((place, key) => place.below(key), outline)
}

/** Where the schemas say nothing, and so neither do they anywhere below. */
export const silence: Outline = {
  keys: [],
  types: new Set(),
  isSecret: false,
  holdsSecret: false,
  allows: () => true,
  gives: () => true,
  below: () => silence,
}

function outlineAt(documents: OutlineDocuments, spot: Spot): Outline {
  const { input, output, secrets } = spot
  const isSecret =
    spot.insideSecret || secrets.some((path) => path.length === 0) || [...input, ...output].some(isMarked)
  if (input.length === 0 && output.length === 0 && secrets.length === 0 && !isSecret) return silence
  const known = new Map<string, Outline>()
  const keys = once(() => [...new Set([...knownKeys(input), ...namesIn(secrets)])])
  const types = once(() => typesAt(input))
  const holdsSecret = once(() => {
    return (
      isSecret || secrets.length > 0 || reachesMark(documents.input, input) || reachesMark(documents.output, output)
    )
  })
  return {
    get keys() {
      return keys()
    },
    get types() {
      return types()
    },
    isSecret,
    get holdsSecret() {
      return holdsSecret()
    },
    allows: (key) => allowsKey(input, key),
    gives: (key) => allowsKey(output, key),
    below(key) {
      const outline = known.get(key) ?? outlineAt(documents, spotBelow(documents, spot, key, isSecret))
      known.set(key, outline)
      return outline
    },
  }
}

/** Most places are only passed through: what they are asked is found out then. */
function once<Value>(compute: () => Value): () => Value {
  let result: { readonly value: Value } | undefined
  return () => (result ??= { value: compute() }).value
}

function spotBelow({ input, output }: OutlineDocuments, spot: Spot, key: string, insideSecret: boolean): Spot {
  return {
    input: placeBelow(input, spot.input, key),
    output: placeBelow(output, spot.output, key),
    secrets: spot.secrets.flatMap(([head, ...rest]) => (head === key || head === '*' ? [rest] : [])),
    insideSecret,
  }
}

function namesIn(secrets: readonly Path[]): string[] {
  return secrets.flatMap(([head]) => (head === undefined || head === '*' ? [] : [head]))
}

/** `writeOnly` is the word of JSON Schema itself for what may be set, but not shown. */
function isMarked(schema: JsonSchema): boolean {
  return schema.secret === true || schema.writeOnly === true
}

function reachesMark(document: JsonSchema, place: Place): boolean {
  const reached = new Set(place)
  for (const schema of reached) {
    if (isMarked(schema)) return true
    for (const below of placeOf(document, schemasBelow(schema))) reached.add(below)
  }
  return false
}

function schemasBelow(schema: JsonSchema): unknown[] {
  const { properties, patternProperties, prefixItems, items, additionalProperties } = schema
  const lists = [properties, patternProperties, prefixItems].flatMap((list) => Object.values(list ?? {}))
  return [...lists, items, additionalProperties]
}
