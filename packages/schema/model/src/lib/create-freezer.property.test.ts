import { arbitrary } from '@empire/schema/arbitrary'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { computed } from './computed.ts'
import { defineModel } from './define-model.ts'
import { field } from './field.ts'

const shared = { list: [1] }
const Inner = defineModel('Inner', { a: field(z.array(z.string()), { alias: 'b' }) })

const leaves: fc.Arbitrary<z.ZodType> = fc.constantFrom<z.ZodType>(
  z.string(),
  z.number().optional(),
  z.literal('x'),
  z.enum(['a', 'b']),
  z.array(z.number()).min(1),
  z.array(z.object({ deep: z.array(z.boolean()) })),
  z.array(z.number()).readonly(),
  z.array(z.number()).overwrite(() => shared.list),
  z.any().default(shared),
  z.record(z.string(), z.array(z.number())),
  z.union([z.array(z.string()), z.string()]),
  z.tuple([z.array(z.string())]),
  z.looseObject({ a: z.array(z.string()).nullable() }),
  z.array(z.number()).transform((items) => ({ items, shared })),
  Inner.schema,
)

const schemas: fc.Arbitrary<z.ZodType> = fc.letrec<{ schema: z.ZodType }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    leaves,
    tie('schema').map((item) => z.array(item)),
    fc.tuple(tie('schema'), tie('schema')).map(([a, b]) => z.object({ a, b: b.optional() })),
    fc.tuple(tie('schema'), tie('schema')).map(([a, b]) => z.strictObject({ a, b })),
    tie('schema').map((item) => item.nullable()),
  ),
})).schema

/** Whether an array or plain object in the value is open to changes, or frozen. */
function parts(
  value: unknown,
  found: { open: boolean; frozen: boolean } = { open: false, frozen: false },
): typeof found {
  if (typeof value !== 'object' || value === null) return found
  if (Object.isFrozen(value)) found.frozen = true
  else found.open = true
  for (const part of Object.values(value)) parts(part, found)
  return found
}

describe('an instance', () => {
  it('is frozen to its end, and what it was made of is not: interpreted, compiled, updated', () => {
    const cases = fc
      .tuple(schemas, schemas)
      .chain(([a, b]) =>
        fc.record({ schemas: fc.constant([a, b] as const), data: fc.record({ x: arbitrary(a), b: arbitrary(b) }) }),
      )
    fc.assert(
      fc.property(cases, fc.boolean(), ({ schemas: [a, b], data }, isAliased) => {
        const options = isAliased ? { computed: { size: computed(z.any(), () => ({ made: [1] })) } } : {}
        const model = defineModel(
          'Random',
          { x: a, b: isAliased ? field(b, { alias: 'y' }) : b } as never,
          options as never,
        )
        const given = (isAliased ? { x: data.x, y: data.b } : data) as object
        const first = model.parse(given) as object
        for (let count = 0; count < 10; count++) model.parse(given)
        const later = model.parse(given) as object
        expect(later).toEqual(first)
        const changed = model.update(later as never, given as never) as object
        expect([first, later, changed].map((each) => parts(each).open)).toEqual([false, false, false])
        expect([parts(given).frozen, Object.isFrozen(shared.list)]).toEqual([false, false])
      }),
      { numRuns: 100 },
    )
  })
})

describe('an instance of another model', () => {
  it('is checked like any data', () => {
    const Texts = defineModel('Texts', { a: z.string() })
    const Numbers = defineModel('Numbers', { a: z.number() })
    const text = Texts.parse({ a: 'x' })
    expect(() => Numbers.update(text as never, {})).toThrow('- a: expected a number, received a string ("x").')
    expect(Texts.update(text, {})).toEqual(text)
  })
})
