import type { z } from 'zod'
import { freezePlain } from './freeze-plain.ts'
import { definitionOf, internalsOf, type ZodDefinition } from './zod-parts.ts'

/** Gives a value that a schema has given out with its arrays and plain objects frozen. */
export type Freezer = (value: unknown) => unknown

type Kind = ZodDefinition['type']

const scalars: ReadonlySet<Kind> = new Set(
  'string number boolean bigint symbol null undefined void nan enum literal template_literal never'.split(' '),
)
const wrappers: ReadonlySet<Kind> = new Set(['optional', 'nullable', 'nonoptional'])

/**
 * Makes the freezer of a schema; `undefined` where there is nothing to freeze.
 *
 * The arrays and objects that zod makes itself are frozen as they are, others are copied: somebody else may hold them.
 */
export function createFreezer(schema: z.ZodType, above: readonly z.ZodType[] = []): Freezer | undefined {
  const { type, element, shape, catchall, innerType, checks = [] } = definitionOf(schema)
  // What holds itself has no end.
  if (above.includes(schema) || checks.some((check) => mayReplace(internalsOf(check).def))) return freezePlain
  const below = (part: z.ZodType): Freezer | undefined => createFreezer(part, [...above, schema])
  if (scalars.has(type)) return undefined
  if (wrappers.has(type) && innerType !== undefined) {
    const freeze = below(innerType)
    return freeze && ((value) => (value === undefined || value === null ? value : freeze(value)))
  }
  if (type === 'array' && element !== undefined) return arrayFreezer(below(element))
  // What is in an object by a catchall is known by no name.
  const isOpen = catchall !== undefined && definitionOf(catchall).type !== 'never'
  return type === 'object' && shape !== undefined && !isOpen ? objectFreezer(shape, below) : freezePlain
}

/** A check of somebody's own may put another value in the place of the one that it gets. */
function mayReplace(check: z.core.$ZodCheckDef): boolean {
  return check.check === 'overwrite' || (check.check === 'custom' && !('fn' in check))
}

function arrayFreezer(item: Freezer | undefined): Freezer {
  return (value) => {
    const items = value as unknown[]
    if (item !== undefined) for (let index = 0; index < items.length; index++) items[index] = item(items[index])
    return Object.freeze(items)
  }
}

function objectFreezer(
  shape: Readonly<Record<string, z.ZodType>>,
  freezerOf: (schema: z.ZodType) => Freezer | undefined,
): Freezer {
  const parts = Object.entries(shape).flatMap(([key, schema]) => {
    const freeze = freezerOf(schema)
    return freeze === undefined ? [] : [{ key, freeze }]
  })
  return (value) => {
    const members = value as Record<string, unknown>
    for (const { key, freeze } of parts) {
      if (members[key] !== undefined && Object.hasOwn(members, key)) members[key] = freeze(members[key])
    }
    return Object.freeze(members)
  }
}
