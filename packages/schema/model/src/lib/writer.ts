import { z } from 'zod'
import { isPlain } from './freeze-plain.ts'
import type { SerializeOptions } from './serialize-options.ts'
import { setMember } from './set-member.ts'
import { toJson } from './to-json.ts'
import { definitionOf, internalsOf, type ZodDefinition } from './zod-parts.ts'

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
  const parent = internalsOf(schema).parent as z.ZodType | undefined
  return parent === undefined ? undefined : (writers.get(parent) ?? inheritedWriter(parent))
}

function createWriter(schema: z.ZodType): Writer {
  const definition = definitionOf(schema)
  const { element, items = [], rest, innerType, getter, shape = {}, catchall, keyType, valueType } = definition
  switch (definition.type) {
    case 'array': {
      const write = partWriter(element)
      return (value, options) => (value as unknown[]).map((item) => write(item, options))
    }
    case 'set': {
      const write = partWriter(valueType)
      return (value, options) => Array.from(value as Set<unknown>, (item) => write(item, options))
    }
    case 'tuple': {
      const writes = items.map(partWriter)
      const writeRest = partWriter(rest)
      return (value, options) => (value as unknown[]).map((item, index) => (writes[index] ?? writeRest)(item, options))
    }
    case 'map': {
      const writeKey = partWriter(keyType)
      const write = partWriter(valueType)
      return (value, options) =>
        Array.from(value as Map<unknown, unknown>, ([key, member]) => [writeKey(key, options), write(member, options)])
    }
    case 'object': {
      const writes = new Map(Object.entries(shape).map(([key, member]) => [key, partWriter(member)]))
      const writeOther = partWriter(catchall)
      return (value, options) => mapMembers(value, options, (key) => writes.get(key) ?? writeOther)
    }
    case 'record': {
      const write = partWriter(valueType)
      return (value, options) => mapMembers(value, options, () => write)
    }
    case 'union':
      return (value, options) => partWriter(optionFor(definition, value))(value, options)
    case 'pipe':
      // What is prepared before it is read has the form of what reads it.
      if (isTransform(definition.in)) return partWriter(definition.out)
      return (value) => encode(schema, value)
    case 'lazy':
      return (value, options) => partWriter(getter?.())(value, options)
    default:
      return innerType === undefined ? toJson : partWriter(innerType)
  }
}

/** Writes a part by its schema, which is asked when there is a value: by then what it refers to has been made. */
export function partWriter(schema: z.ZodType | null | undefined): Writer {
  if (schema === undefined || schema === null) return toJson
  let write: Writer | undefined
  return (value, options) => {
    if (value === undefined || value === null) return value
    write ??= writerOf(schema)
    return write(value, options)
  }
}

function isTransform(schema: z.ZodType | undefined): boolean {
  return schema !== undefined && definitionOf(schema).type === 'transform'
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

function mapMembers(value: unknown, options: SerializeOptions, writerFor: (key: string) => Writer): unknown {
  if (!isPlain(value)) return toJson(value)
  const written: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    setMember(written, key, writerFor(key)((value as Readonly<Record<string, unknown>>)[key], options))
  }
  return written
}
