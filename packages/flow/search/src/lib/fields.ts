import { describeValue, expectKnownKeys } from '@empire/errors'

/** How a field counts in the ranking. */
export interface FieldOptions {
  /** How many times a word in this field counts, from 0.001 to 1000. Default: 1. */
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
  expectKnownKeys(`"${path}"`, options, ['weight'])
  const { weight = 1 }: { weight?: unknown } = options
  if (typeof weight !== 'number' || !(weight >= 0.001 && weight <= 1000)) {
    throw new TypeError(`"${path}.weight" must be a number from 0.001 to 1000, got ${describeValue(weight)}.`)
  }
  return { name, weight }
}
