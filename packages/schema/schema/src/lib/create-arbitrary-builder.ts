import * as fc from 'fast-check'
import * as z from 'zod'
import type { ArbitraryBuilder, Place } from './arbitrary-builder.ts'
import { boundedFilter } from './bounded-filter.ts'
import { containerArbitrary } from './container-arbitrary.ts'
import { namedTypeOf } from './define-type.ts'
import { NoExampleError } from './no-example-error.ts'
import { scalarArbitrary } from './scalar-arbitrary.ts'
import type { SchemaHeights } from './schema-heights.ts'
import { wrapperArbitrary } from './wrapper-arbitrary.ts'

/** A builder that makes each schema once per level: what refers to itself ends where the levels do. */
export function createArbitraryBuilder(heightOf: SchemaHeights): ArbitraryBuilder {
  const made = new Map<z.core.$ZodType, Map<number, fc.Arbitrary<unknown>>>()
  const builder: ArbitraryBuilder = {
    build,
    heightOf,
    fits: (schema, levels) => kindOf(schema) !== 'never' && heightOf(schema) <= levels,
  }

  function build(schema: z.core.$ZodType, place: Place): fc.Arbitrary<unknown> {
    const known = made.get(schema) ?? new Map<number, fc.Arbitrary<unknown>>()
    made.set(schema, known)
    const arbitrary = known.get(place.levels) ?? checked(schema, place)
    known.set(place.levels, arbitrary)
    return arbitrary
  }

  function checked(schema: z.core.$ZodType, place: Place): fc.Arbitrary<unknown> {
    const values = stated(schema) ?? generated(schema as z.core.$ZodTypes, place)
    if (values === undefined) throw new NoExampleError(place.path, `nothing is known of values of "${kindOf(schema)}"`)
    return mayRefuse(schema as z.core.$ZodTypes) ? boundedFilter(values, schema, place.path) : values
  }

  function generated(schema: z.core.$ZodTypes, place: Place): fc.Arbitrary<unknown> | undefined {
    return (
      scalarArbitrary(schema, place.path) ??
      containerArbitrary(schema, place, builder) ??
      wrapperArbitrary(schema, place, builder)
    )
  }

  return builder
}

function kindOf(schema: z.core.$ZodType): string {
  return schema._zod.def.type
}

/** What the author of a schema says that its values look like. */
function stated(schema: z.core.$ZodType): fc.Arbitrary<unknown> | undefined {
  const example = namedTypeOf(schema)?.example
  if (example !== undefined) {
    // A seed for each value: it is the same again when a failure is played back.
    return fc.noShrink(fc.integer()).map((seed) => example(randomOf(seed)))
  }
  const examples = z.globalRegistry.get(schema)?.['examples']
  const isMadeFrom = Array.isArray(examples) && examples.length > 0 && kindOf(schema) === 'custom'
  return isMadeFrom ? fc.constantFrom<unknown[]>(...(examples as unknown[])) : undefined
}

/** Numbers from 0 up to 1: mulberry32, by Tommy Ettinger (public domain). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const kindsThatMayRefuse = new Set<string>([
  'string',
  'template_literal',
  'custom',
  'pipe',
  'transform',
  'intersection',
])

/** Whether the schema can refuse what was made for it. Parts have been looked at by themselves. */
function mayRefuse(schema: z.core.$ZodTypes): boolean {
  const { def } = schema._zod
  if ((def.checks ?? []).length > 0 || 'check' in def || kindsThatMayRefuse.has(def.type)) return true
  return (def.type === 'union' && def.inclusive === false) || def.type === 'nonoptional' || def.type === 'record'
}
