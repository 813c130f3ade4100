import { createFreezer } from './create-freezer.ts'
import { freezePlain } from './freeze-plain.ts'
import type { PreparedField } from './model-fields.ts'
import type { UnknownKeys } from './model-options.ts'

type Members = Record<string, unknown>

/** Reads the fields of a model from checked data: frozen, under their names; what is `undefined` is as good as absent. */
export interface FieldReader {
  toFields(value: Members): Members
  /** The same for an object that zod has made just now, and that nobody else holds: it is what is given back where it can be. */
  takeFields(value: Members): Members
}

export function createFieldReader(fields: readonly PreparedField[], unknownKeys: UnknownKeys): FieldReader {
  const known = new Set(fields.flatMap(({ name, key }) => [name, key]))
  const isRenamed = fields.some(({ name, key }) => key !== name)
  // Later, since the schemas may name models that are still being made.
  let freezers: (((value: unknown) => unknown) | undefined)[] | undefined

  return {
    toFields,
    takeFields(value) {
      if (unknownKeys === 'allow') return toFields(value)
      freezers ??= fields.map(({ schema }) => createFreezer(schema))
      const made = isRenamed ? {} : value
      for (let index = 0; index < fields.length; index++) {
        const { name, key } = fields[index] as PreparedField
        const freeze = freezers[index]
        const member = read(value, key)
        if (member === undefined) {
          if (!isRenamed && Object.hasOwn(value, key)) delete made[name]
        } else if (freeze !== undefined) made[name] = freeze(member)
        else if (isRenamed) made[name] = member
      }
      return made
    },
  }

  function toFields(value: Members): Members {
    const made: Members = {}
    for (const { name, key } of fields) {
      const member = read(value, key)
      if (member !== undefined) made[name] = freezePlain(member)
    }
    if (unknownKeys !== 'allow') return made
    for (const [key, member] of Object.entries(value)) {
      if (!known.has(key) && key !== '__proto__') made[key] = freezePlain(member)
    }
    return made
  }
}

/** Of what objects inherit, such as `constructor`, nothing is a field. */
function read(value: Members, key: string): unknown {
  const member = value[key]
  return typeof member === 'function' && !Object.hasOwn(value, key) ? undefined : member
}
