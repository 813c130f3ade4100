import { describeValue } from '@empire/errors'
import { refuseUnknownKeys } from './refuse-unknown-keys.ts'

/** How a field counts in the ranking. */
export interface FieldOptions {
  /** How many times a word in this field counts. Greater than 0. Default: 1. */
  weight?: number | undefined
}

export interface Field {
  readonly name: string
  readonly weight: number
}

export function readFields(fields: unknown): readonly Field[] {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw new TypeError(`"fields" must be an object of field options by field name, got ${describeValue(fields)}.`)
  }
  const read = Object.entries(fields).map(([name, options]) => readField(name, options))
  if (read.length === 0) throw new TypeError('"fields" must name at least one field, got an empty object.')
  return read
}

function readField(name: string, options: unknown): Field {
  const path = `fields.${name}`
  if (name === 'id') throw new TypeError('"fields.id" is taken: "id" identifies a document. Name the field otherwise.')
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"${path}" must be an object of options, got ${describeValue(options)}.`)
  }
  refuseUnknownKeys(path, options, ['weight'])
  const { weight = 1 }: { weight?: unknown } = options
  if (typeof weight !== 'number' || !(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
    throw new TypeError(`"${path}.weight" must be a finite number greater than 0, got ${describeValue(weight)}.`)
  }
  return { name, weight }
}
