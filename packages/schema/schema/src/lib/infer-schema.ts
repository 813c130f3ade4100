import { describeValue, expectKnownKeys } from '@empire/errors'
import * as z from 'zod'
import { namedTypes } from './define-type.ts'
import { Observation } from './observation.ts'
import { schemaOf } from './schema-of-observation.ts'

/** What texts are recognised by. */
export interface InferSchemaOptions {
  /** Named types of `defineType` to recognise texts by, before the formats of zod. Default: none. */
  types?: readonly z.ZodType[] | undefined
}

/** The formats that texts are recognised by, the most special first. */
const formats: readonly z.ZodType[] = [
  z.uuid(),
  z.iso.datetime({ offset: true }),
  z.iso.date(),
  z.iso.time(),
  z.iso.duration(),
  z.email(),
  z.ipv4(),
  z.cidrv4(),
  z.httpUrl(),
  z.url(),
]

/**
 * A schema that every example fits, guessed from what the examples have in common:
 *
 * - a field that is missing in some examples is optional, a value that is sometimes `null` is nullable
 * - numbers that are all whole are `z.int()`
 * - texts that all have one format (uuid, date and time, e-mail, URL, …) have that format
 * - texts that take at most 10 values, each 3 times on average, are an enum
 * - values of several kinds are a union
 * - objects whose keys are all ids or dates are a record; so are those with more than 20 keys, each in less than half of
 *   them, whose values are of one kind
 * - dates and big integers are what they are; what zod has no word for, and what is below the 64th level, is `z.unknown()`
 *
 * It is a draft to read and correct.
 */
export function inferSchema(examples: Iterable<unknown>, options: InferSchemaOptions = {}): z.ZodType {
  if (typeof examples !== 'object' || examples === null || !(Symbol.iterator in examples)) {
    throw new TypeError(`"examples" must be an array or another iterable, got ${describeValue(examples)}.`)
  }
  expectKnownKeys('"options"', options, ['types'])
  const seen = new Observation([...namedTypes(options.types ?? []).values(), ...formats])
  for (const example of examples) seen.add(example)
  if (seen.count === 0) throw new TypeError('"examples" must hold at least one example, got none.')
  return schemaOf(seen)
}
