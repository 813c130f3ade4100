import * as fc from 'fast-check'
import type * as z from 'zod'
import type { ArbitraryBuilder, Place } from './arbitrary-builder.ts'
import { NoExampleError } from './no-example-error.ts'

/** Values of a schema that stands around or between others, on the same level; `undefined` if it does not. */
export function wrapperArbitrary(
  schema: z.core.$ZodTypes,
  place: Place,
  builder: ArbitraryBuilder,
): fc.Arbitrary<unknown> | undefined {
  const { def } = schema._zod
  switch (def.type) {
    case 'optional':
      return orAbsent(def.innerType as z.core.$ZodType, undefined)
    case 'default':
    case 'prefault':
    case 'catch':
      return orAbsent(def.innerType as z.core.$ZodType, undefined)
    case 'nullable':
      return orAbsent(def.innerType as z.core.$ZodType, null)
    case 'nonoptional':
    case 'readonly':
    case 'success':
      return builder.build(def.innerType as z.core.$ZodType, place)
    case 'lazy':
      return builder.build((schema as z.core.$ZodLazy)._zod.innerType, place)
    case 'union':
      return unionArbitrary(def.options as z.core.$ZodType[])
    case 'intersection':
      return fc
        .tuple(builder.build(def.left as z.core.$ZodType, place), builder.build(def.right as z.core.$ZodType, place))
        .map(both)
    case 'pipe':
      return pipeArbitrary(def.in as z.core.$ZodTypes, def.out as z.core.$ZodTypes)
    default:
      return undefined
  }

  function orAbsent(inner: z.core.$ZodType, absent: null | undefined): fc.Arbitrary<unknown> {
    const none = fc.constant(absent)
    if (!builder.fits(inner, place.levels)) return none
    return fc.oneof({ weight: 4, arbitrary: builder.build(inner, place) }, none)
  }

  function unionArbitrary(options: readonly z.core.$ZodType[]): fc.Arbitrary<unknown> {
    const fitting = options.filter((option) => builder.fits(option, place.levels))
    if (fitting.length === 0) throw new NoExampleError(place.path, 'every option is too deep')
    return fc.oneof(...fitting.map((option) => builder.build(option, place)))
  }

  /** What goes in is of the first schema, or, where that takes anything, of the second; a text may be that of a value of the second. */
  function pipeArbitrary(input: z.core.$ZodTypes, output: z.core.$ZodTypes): fc.Arbitrary<unknown> {
    if (input._zod.def.type === 'transform') return builder.build(output, place)
    const values = builder.build(input, place)
    const reads = input._zod.def.type === 'string' && spoken.has(output._zod.def.type)
    return reads ? fc.oneof(values, builder.build(output, place).map(String)) : values
  }
}

const spoken = new Set<string>(['number', 'boolean', 'bigint', 'enum', 'literal'])

function both([left, right]: [unknown, unknown]): unknown {
  const mergeable = isObject(left) && isObject(right)
  return mergeable ? { ...left, ...right } : left
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
