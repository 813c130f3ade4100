import { isSecretName } from '@empire/redaction'
import type { z } from 'zod'
import { fieldNamesOf } from './field-names.ts'
import { definitionOf, unwrap } from './zod-parts.ts'

/** What the schemas say of the values at one place in data. */
export interface SchemaPlace {
  /** Whether values are to be hidden: they, or what holds them, are marked as a secret or named like one. */
  readonly isSecret: boolean
  /** The keys that an object may have, as far as the schemas name them. */
  keys(): readonly string[]
  /** The name under which data may have the member of a key as well. */
  nameOf(key: PropertyKey): string | undefined
  /** By the key or the name of a member. */
  below(key: PropertyKey): SchemaPlace
}

/** Each place is looked at once, however many values stand at it: keys that no schema names are one place. */
export function createSchemaPlace(schemas: readonly z.ZodType[], isWithinSecret = false): SchemaPlace {
  const definitions = sameValue(schemas)
  const isSecret = isWithinSecret || definitions.some(isMarked)
  const parts = definitions.map(definitionOf)
  const named = new Set(parts.flatMap(({ shape, items }) => Object.keys(shape ?? items ?? {})))
  const names = new Map(definitions.flatMap((schema) => [...(fieldNamesOf(schema) ?? [])]))
  const keysByName = new Map([...names].map(([key, name]) => [name, key]))
  const places = new Map<string, SchemaPlace>()
  let known: readonly string[] | undefined

  return {
    isSecret,
    keys: () => (known ??= keysOf(schemas)),
    nameOf: (key) => names.get(String(key)),
    below(keyOrName) {
      const key = keysByName.get(String(keyOrName)) ?? keyOrName
      const hidden = typeof key === 'string' && isSecretName(key)
      const name = named.has(String(key)) ? `named ${String(key)}` : hidden ? 'other, hidden' : 'other'
      let place = places.get(name)
      if (place === undefined) {
        place = createSchemaPlace(
          parts.flatMap((part) => partsAt(part, key)),
          isSecret || hidden,
        )
        places.set(name, place)
      }
      return place
    },
  }
}

/** The names of fields that have this key in data. */
export function namesFor(key: string, schemas: readonly z.ZodType[]): readonly string[] {
  const names = sameValue(schemas).flatMap((schema) => fieldNamesOf(schema)?.get(key) ?? [])
  return [...new Set(names)]
}

function isMarked(schema: z.ZodType): boolean {
  const meta = schema.meta() as { secret?: unknown; writeOnly?: unknown } | undefined
  return meta?.secret === true || meta?.writeOnly === true
}

/** All schemas that describe the same value: a wrapper and what it wraps, a union and its options. */
function sameValue(schemas: readonly z.ZodType[]): z.ZodType[] {
  const all = new Set(schemas)
  for (const schema of all) {
    const { innerType, getter, left, right, options = [], in: first, out: last } = definitionOf(schema)
    for (const part of [innerType, getter?.(), left, right, first, last, ...options]) {
      if (part !== undefined) all.add(part)
    }
  }
  return [...all]
}

function partsAt(definition: ReturnType<typeof definitionOf>, key: PropertyKey): z.ZodType[] {
  const { shape, catchall, element, items, rest, valueType } = definition
  const named = shape !== undefined && Object.hasOwn(shape, key) ? shape[String(key)] : catchall
  return [named, element, items?.[Number(key)] ?? rest, valueType].filter((part) => part !== undefined && part !== null)
}

/** Through wrappers, pipes and options: what a transform is fed by tells the keys, not what it gives. */
function keysOf(schemas: readonly z.ZodType[]): string[] {
  const all = new Set(schemas)
  for (const part of all) {
    const inner = unwrap(part)
    const { in: first, out: last, options = [], left, right } = definitionOf(inner)
    const input = first !== undefined && definitionOf(first).type !== 'transform' ? first : last
    for (const next of [inner, input, left, right, ...options]) if (next !== undefined) all.add(next)
  }
  return [...new Set([...all].flatMap((place) => Object.keys(definitionOf(place).shape ?? {})))]
}
