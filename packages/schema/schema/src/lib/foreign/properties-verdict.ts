import type { JsonSchemaObject } from '../json-schema.ts'
import type { Check, Run } from './run.ts'

/** A property that a schema names, with the check of its value. */
export interface NamedProperty {
  readonly name: string
  readonly check: Check
}

/**
 * Judges `required`, `properties` and `additionalProperties` in one go, for the verdict only: it reads each property once and
 * makes nothing. `undefined` where a schema says more about properties than that.
 */
export function createPropertiesVerdict(
  schema: JsonSchemaObject,
  named: readonly NamedProperty[],
): ((value: object, run: Run) => boolean) | undefined {
  const { required = [], patternProperties, additionalProperties, dependentRequired } = schema
  const names = new Set(named.map(({ name }) => name))
  const closed = additionalProperties === false
  const others = (required as readonly string[]).filter((name) => !names.has(name))
  if (patternProperties !== undefined || dependentRequired !== undefined) return undefined
  if ((!closed && typeof additionalProperties === 'object') || (closed && others.length > 0)) return undefined
  const wanted = new Set(required as readonly string[])
  const properties = [...named, ...others.map((name) => ({ name, check: undefined }))].map(({ name, check }) => ({
    name,
    check,
    required: wanted.has(name),
    inherited: name in Object.prototype,
  }))

  return (value, run) => {
    const record = value as Readonly<Record<string, unknown>>
    const plain = Object.getPrototypeOf(record) === Object.prototype
    let found = 0
    for (let index = 0; index < properties.length; index += 1) {
      const property = properties[index] as (typeof properties)[number]
      const own = (plain && !property.inherited) || Object.hasOwn(record, property.name)
      const part = own ? record[property.name] : undefined
      if (part === undefined) {
        if (property.required) return false
        continue
      }
      found += 1
      if (property.check !== undefined && !property.check(part, run, undefined, undefined)) return false
    }
    if (!closed) return true
    const keys = Object.keys(record)
    // Other keys, or some that are undefined.
    return keys.length === found || keys.every((key) => names.has(key) || record[key] === undefined)
  }
}
