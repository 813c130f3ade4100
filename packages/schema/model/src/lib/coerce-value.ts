import { z } from 'zod'
import { isPlain } from './freeze-plain.ts'
import { coerceScalar } from './coerce-scalar.ts'
import { definitionOf, internalsOf, type ZodDefinition } from './zod-parts.ts'

/** Levels of a recursive schema that are coerced; zod itself gives up on data much deeper than this. */
const deepest = 500

/**
 * The value that a schema asks for, where `value` says the same in another type: `"12"` for the number 12.
 *
 * Nothing is lost or guessed. What is not understood stays as it is, for the schema to refuse.
 */
export function coerceValue(schema: z.ZodType, value: unknown, level = 0): unknown {
  if (value === undefined || value === null || level > deepest) return value
  const definition = definitionOf(schema)
  const { innerType, getter, left, right } = definition
  const below = (part: z.ZodType | null | undefined, inner: unknown): unknown =>
    part === undefined || part === null ? inner : coerceValue(part, inner, level + 1)

  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'catch':
      return below(innerType, value)
    case 'lazy':
      return below(getter?.(), value)
    case 'pipe':
      return below(definition.in, value)
    case 'intersection':
      return below(right, below(left, value))
    case 'union':
      return coerceToOption(definition, value, level)
    case 'array':
      return mapItems(value, (item) => below(definition.element, item))
    case 'tuple':
      return mapItems(value, (item, index) => below(definition.items?.[index] ?? definition.rest, item))
    case 'set':
      return Array.isArray(value) ? new Set(value.map((item: unknown) => below(definition.valueType, item))) : value
    case 'map':
      return coerceMap(definition, value, below)
    case 'object':
      return mapMembers(value, (key, inner) => {
        const { shape = {}, catchall } = definition
        return below(Object.hasOwn(shape, key) ? shape[key] : catchall, inner)
      })
    case 'record':
      return mapMembers(value, (_key, inner) => below(definition.valueType, inner))
    default:
      return coerceScalar(definition, value)
  }
}

type Below = (part: z.ZodType | null | undefined, inner: unknown) => unknown

/** A value that an option takes as it is stays as it is; else the first option that takes the coerced one decides. */
function coerceToOption({ options = [], discriminator }: ZodDefinition, value: unknown, level: number): unknown {
  if (discriminator !== undefined) {
    const kind = isPlain(value) ? (value as Readonly<Record<string, unknown>>)[discriminator] : undefined
    const literalsOf = (option: z.ZodType): ReadonlySet<unknown> =>
      internalsOf(option).propValues?.[discriminator] ?? new Set()
    const coerced = coerceScalar({ type: 'literal', values: options.flatMap((each) => [...literalsOf(each)]) }, kind)
    const meant = options.find((option) => literalsOf(option).has(coerced))
    return meant === undefined ? value : coerceValue(meant, value, level + 1)
  }
  if (options.some((option) => accepts(option, value))) return value
  for (const option of options) {
    const coerced = coerceValue(option, value, level + 1)
    if (accepts(option, coerced)) return coerced
  }
  return value
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  try {
    return schema.safeParse(value).success
  } catch (error) {
    // A schema that waits for a promise decides later, on the value as it is.
    if (error instanceof z.core.$ZodAsyncError) return false
    throw error
  }
}

function mapItems(value: unknown, toItem: (item: unknown, index: number) => unknown): unknown {
  return Array.isArray(value) ? value.map(toItem) : value
}

function mapMembers(value: unknown, toMember: (key: string, inner: unknown) => unknown): unknown {
  if (!isPlain(value) || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toMember(key, inner)]))
}

function coerceMap({ keyType, valueType }: ZodDefinition, value: unknown, below: Below): unknown {
  const entries = Array.isArray(value) ? value : isPlain(value) ? Object.entries(value) : undefined
  if (entries === undefined || !entries.every((entry) => Array.isArray(entry) && entry.length === 2)) return value
  return new Map(entries.map(([key, inner]: [unknown, unknown]) => [below(keyType, key), below(valueType, inner)]))
}
