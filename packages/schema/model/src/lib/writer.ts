import { z } from 'zod'
import { isPlain } from './freeze-plain.ts'
import { toJson } from './to-json.ts'
import { definitionOf, type ZodDefinition } from './zod-parts.ts'

/** How instances become data for outside. */
export interface SerializeOptions {
  /** The keys of members: those in data from outside, or the names of fields. Default: `'alias'`. */
  readonly keys?: 'alias' | 'name' | undefined
  /** Whether fields that are worked out are part of it. Default: `true`. */
  readonly computed?: boolean | undefined
}

/** Gives a checked value as JSON data: dates as ISO texts, maps as lists of entries, sets as lists, bigints as texts. */
export type Writer = (value: unknown, options: SerializeOptions) => unknown

const writers = new WeakMap<z.ZodType, Writer>()

/** Says how the values of a schema are written wherever it is a part. */
export function setWriter(schema: z.ZodType, writer: Writer): void {
  writers.set(schema, writer)
}

export function writerOf(schema: z.ZodType): Writer {
  let writer = writers.get(schema) ?? inheritedWriter(schema)
  if (writer === undefined) writers.set(schema, (writer = createWriter(schema)))
  return writer
}

/** What adds a description or a check to a schema makes another one, which knows where it comes from. */
function inheritedWriter(schema: z.ZodType): Writer | undefined {
  // oxlint-disable-next-line no-underscore-dangle -- zod's name
  const parent = schema._zod.parent as z.ZodType | undefined
  return parent === undefined ? undefined : (writers.get(parent) ?? inheritedWriter(parent))
}

function createWriter(schema: z.ZodType): Writer {
  const definition = definitionOf(schema)
  const { element, items, rest, innerType, getter, shape = {}, catchall, keyType, valueType } = definition
  switch (definition.type) {
    case 'array':
      return (value, options) => (value as unknown[]).map((item) => inner(element, item, options))
    case 'tuple':
      return (value, options) => (value as unknown[]).map((item, index) => inner(items?.[index] ?? rest, item, options))
    case 'set':
      return (value, options) => [...(value as Set<unknown>)].map((item) => inner(valueType, item, options))
    case 'map':
      return (value, options) =>
        [...(value as Map<unknown, unknown>)].map(([key, member]) => [
          inner(keyType, key, options),
          inner(valueType, member, options),
        ])
    case 'object':
      return (value, options) =>
        mapMembers(value, (key, member) => inner(Object.hasOwn(shape, key) ? shape[key] : catchall, member, options))
    case 'record':
      return (value, options) => mapMembers(value, (_key, member) => inner(valueType, member, options))
    case 'union':
      return (value, options) => inner(optionFor(definition, value), value, options)
    case 'pipe':
      return (value) => encode(schema, value)
    case 'lazy':
      return (value, options) => inner(getter?.(), value, options)
    default:
      return innerType === undefined ? toJson : (value, options) => inner(innerType, value, options)
  }
}

function inner(part: z.ZodType | null | undefined, value: unknown, options: SerializeOptions): unknown {
  const isBare = part === undefined || part === null || value === undefined || value === null
  return isBare ? toJson(value) : writerOf(part)(value, options)
}

/** The option that a value may have come from. */
function optionFor({ options = [] }: ZodDefinition, value: unknown): z.ZodType | undefined {
  return options.find((option) => {
    try {
      return option.safeParse(value).success
    } catch (error) {
      if (error instanceof z.core.$ZodAsyncError) return false
      throw error
    }
  })
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
