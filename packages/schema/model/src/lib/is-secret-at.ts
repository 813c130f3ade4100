import type { z } from 'zod'
import { isSecretName } from '@empire/redaction'
import { definitionOf } from './zod-parts.ts'

/** Whether what stands at a path is to be hidden: it, or what holds it, is marked as a secret or named like one. */
export function isSecretAt(schema: z.ZodType, path: readonly PropertyKey[]): boolean {
  if (path.some((key) => typeof key === 'string' && isSecretName(key))) return true
  let places = sameValue([schema])
  if (places.some(isMarked)) return true
  for (const key of path) {
    places = sameValue(places.flatMap((place) => below(place, key)))
    if (places.some(isMarked)) return true
  }
  return false
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

function below(schema: z.ZodType, key: PropertyKey): z.ZodType[] {
  const { shape, catchall, element, items, rest, valueType } = definitionOf(schema)
  const named = shape !== undefined && Object.hasOwn(shape, key) ? shape[String(key)] : catchall
  const parts = [named, element, items?.[Number(key)] ?? rest, valueType]
  return parts.filter((part) => part !== undefined && part !== null)
}
