import { describeValue } from '@empire/errors'
import type { JsonValue } from '../json-value.ts'

/** Finds a value in JSON; `undefined` if it is not there. */
export type JsonPointer = (value: JsonValue) => JsonValue | undefined

/** Reads a JSON Pointer (RFC 6901), such as `/meta/next`; an empty one is the whole. */
export function readJsonPointer(name: string, pointer: unknown): JsonPointer {
  if (typeof pointer !== 'string' || (pointer !== '' && !pointer.startsWith('/'))) {
    throw new TypeError(`Expected "${name}" to be a JSON Pointer such as "/meta/next", got ${describeValue(pointer)}.`)
  }
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return (value) => {
    let at: JsonValue | undefined = value
    for (const key of keys) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
      if (Array.isArray(at) && !/^(?:0|[1-9]\d*)$/.test(key)) return undefined
      at = (at as Readonly<Record<string, JsonValue>>)[key]
    }
    return at
  }
}
