import * as z from 'zod'
import { Observation } from './observation.ts'

/** More different keys than that are many, if each is in less than half of the objects. */
const manyKeys = 20

const id = z.union([z.string().regex(/^\d+$/), z.uuid(), z.iso.date(), z.iso.datetime({ offset: true })])

/** Whether the keys of objects are data rather than names of fields. */
export function isRecord({ fields, objectCount }: Observation): boolean {
  const keys = [...fields.keys()]
  if (keys.length > 1 && keys.every((key) => z.core.validate(id, key))) return true
  const places = [...fields.values()]
  const filled = places.reduce((sum, { count }) => sum + count, 0)
  const kinds = new Set(places.flatMap((place) => [...place.kinds]))
  return keys.length > manyKeys && kinds.size === 1 && filled * 2 < keys.length * objectCount
}

/** The values under all keys, as those of one place. */
export function valuesOf(seen: Observation): Observation {
  const all = new Observation([...new Set([...seen.fields.values()].flatMap(({ formats }) => formats))])
  for (const field of seen.fields.values()) all.absorb(field)
  return all
}
