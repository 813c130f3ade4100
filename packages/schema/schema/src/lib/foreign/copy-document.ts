import { describeValue } from '@empire/errors'
import { pointerTo } from '../json-pointer.ts'
import type { JsonSchema } from '../json-schema.ts'
import { isAboutStack } from '../too-deep.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'

/**
 * Copies a document as JSON writes it: members that are `undefined` are not there, and a part that stands in two places
 * becomes two, for what it means depends on where it stands.
 *
 * Throws an `InvalidJsonSchemaError` for what JSON has no form for, or what is nested too deeply, or holds itself.
 */
export function copyDocument(document: JsonSchema, address = ''): JsonSchema {
  function copied(value: unknown, pointer: string): unknown {
    if (typeof value !== 'object' || value === null) {
      if (['string', 'number', 'boolean'].includes(typeof value) || value === null) return value
      throw new InvalidJsonSchemaError(`${address}#${pointer}`, `expected JSON data, got ${describeValue(value)}.`)
    }
    if (Array.isArray(value)) return Array.from(value, (item, index) => copied(item, pointerTo(pointer, index)))
    const copy: Record<string, unknown> = {}
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue
      const part = copied(member, pointerTo(pointer, key))
      if (key === '__proto__') Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true })
      else copy[key] = part
    }
    return copy
  }

  try {
    return copied(document, '') as JsonSchema
  } catch (error) {
    if (!isAboutStack(error)) throw error
    throw new InvalidJsonSchemaError(`${address}#`, 'it is nested too deeply to be read.', error)
  }
}
