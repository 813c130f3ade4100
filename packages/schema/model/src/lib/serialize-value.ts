import { z } from 'zod'
import { isPlain } from './freeze-plain.ts'
import { definitionOf } from './zod-parts.ts'

/** How instances become data for outside. */
export interface SerializeOptions {
  /** The keys of members: those in data from outside, or the names of fields. Default: `'alias'`. */
  readonly keys?: 'alias' | 'name' | undefined
  /** Whether fields that are worked out are part of it. Default: `true`. */
  readonly computed?: boolean | undefined
}

type Serializer = (instance: unknown, options: SerializeOptions) => unknown

/** What writes the instances of a model, by the model's schema and those made from it. */
const serializers = new WeakMap<object, Serializer>()

/** Says how values of a model's schema are written wherever it is a part. */
export function setSerializer(schema: z.ZodType, serialize: Serializer): void {
  serializers.set(schema, serialize)
}

/** A checked value as JSON data: dates as ISO texts, maps as lists of entries, sets as lists, bigints as texts. */
export function serializeValue(schema: z.ZodType, value: unknown, options: SerializeOptions): unknown {
  if (value === undefined || value === null) return value
  const model = serializerOf(schema)
  if (model !== undefined) return model(value, options)
  const definition = definitionOf(schema)
  const inner = (part: z.ZodType | null | undefined, member: unknown): unknown =>
    part === undefined || part === null ? toJson(member) : serializeValue(part, member, options)
  const { innerType, getter, shape, catchall } = definition
  switch (definition.type) {
    case 'array':
      return (value as unknown[]).map((item) => inner(definition.element, item))
    case 'tuple':
      return (value as unknown[]).map((item, index) => inner(definition.items?.[index] ?? definition.rest, item))
    case 'set':
      return [...(value as Set<unknown>)].map((item) => inner(definition.valueType, item))
    case 'map':
      return [...(value as Map<unknown, unknown>)].map(([key, member]) => [
        inner(definition.keyType, key),
        inner(definition.valueType, member),
      ])
    case 'object':
      return mapMembers(value, (key, member) =>
        inner(shape !== undefined && Object.hasOwn(shape, key) ? shape[key] : catchall, member),
      )
    case 'record':
      return mapMembers(value, (_key, member) => inner(definition.valueType, member))
    case 'union':
      return inner(
        definition.options?.find((option) => gives(option, value)),
        value,
      )
    case 'pipe':
      return encode(schema, value)
    default:
      return inner(innerType ?? getter?.(), value)
  }
}

function serializerOf(schema: z.ZodType): Serializer | undefined {
  // What adds a description or a check to a schema makes another one, which knows where it comes from.
  for (let part: z.ZodType | undefined = schema; part !== undefined;) {
    const serializer = serializers.get(part)
    if (serializer !== undefined) return serializer
    // oxlint-disable-next-line no-underscore-dangle -- zod's name
    part = part._zod.parent as z.ZodType | undefined
  }
  return undefined
}

/** Whether a value may be one that an option has given. */
function gives(option: z.ZodType, value: unknown): boolean {
  try {
    return option.safeParse(value).success
  } catch (error) {
    if (error instanceof z.core.$ZodAsyncError) return false
    throw error
  }
}

/** A codec is run backwards; what a transform has made stays as it is. */
function encode(schema: z.ZodType, value: unknown): unknown {
  try {
    return toJson(z.encode(schema, value))
  } catch (error) {
    if (error instanceof z.core.$ZodEncodeError) return toJson(value)
    throw error
  }
}

function mapMembers(value: unknown, toMember: (key: string, member: unknown) => unknown): unknown {
  if (!isPlain(value)) return toJson(value)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toMember(key, member)]))
}

/** Data as JSON can hold it. */
function toJson(value: unknown): unknown {
  const whole: { value?: unknown } = {}
  const pending: [holder: object, key: string, member: unknown][] = [[whole, 'value', value]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [holder, key, member] = next
    const written = writable(member)
    const copy = Array.isArray(written) ? [] : isPlain(written) ? {} : written
    Object.defineProperty(holder, key, { value: copy, enumerable: true, writable: true, configurable: true })
    if (copy === written) continue
    // From the last to the first, since the last one is taken next: keys keep their order.
    for (const [name, inner] of Object.entries(written as object).toReversed())
      pending.push([copy as object, name, inner])
  }
  return whole.value
}

function writable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Map || value instanceof Set) return [...value]
  if (typeof value !== 'object' || value === null || isPlain(value)) return value
  const { toJSON } = value as { toJSON?: (key: string) => unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, '') : { ...(value as object) }
}
