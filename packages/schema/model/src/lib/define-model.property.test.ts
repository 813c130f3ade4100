import { arbitrary } from '@empire/schema/arbitrary'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineModel } from './define-model.ts'
import { adaptType } from './define-root-model.ts'
import { field } from './field.ts'
import type { BaseModel } from './model.ts'

const scalars: fc.Arbitrary<z.ZodType> = fc.constantFrom<z.ZodType>(
  z.string(),
  z.string().min(2).max(5),
  z.number(),
  z.int(),
  z.boolean(),
  z.bigint(),
  z.date(),
  z.email(),
  z.iso.date(),
  z.enum(['a', 'b']),
  z.literal([1, 'x', true]),
  z.null(),
)

/** Schemas whose values JSON can say, with safe coercion. */
const schemas: fc.Arbitrary<z.ZodType> = fc.letrec<{ schema: z.ZodType }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    tie('schema').map((item) => z.array(item)),
    tie('schema').map((item) => z.record(z.string().regex(/^[a-z]{1,4}$/), item)),
    tie('schema').map((item) => z.map(z.string(), item)),
    tie('schema').map((item) => item.nullable()),
    fc.tuple(tie('schema'), tie('schema')).map((items) => z.tuple(items)),
    fc.constant(z.set(z.int())),
    fc.tuple(tie('schema'), tie('schema')).map(([a, b]) => modelOf(a, b).schema),
  ),
})).schema

function modelOf(a: z.ZodType, b: z.ZodType): BaseModel {
  const fields = { a: field(a, { alias: 'first' }), b: b.optional() }
  return defineModel('Random', fields, { coercion: 'safe' }) as unknown as BaseModel
}

const cases = fc
  .tuple(schemas, schemas)
  .chain(([a, b]) =>
    fc.record({ a: arbitrary(a), b: arbitrary(b.optional()) }).map((data) => ({ model: modelOf(a, b), data })),
  )

describe('a model of any fields', () => {
  it('reads again what it has written, by aliases or names', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom('alias' as const, 'name' as const), ({ model, data }, keys) => {
        const written = JSON.parse(JSON.stringify(model.serialize(model.parse(data), { keys }))) as unknown
        expect(model.serialize(model.parse(written), { keys })).toEqual(written)
      }),
      { numRuns: 80 },
    )
  })

  it('takes its own instances, and gives the same', () => {
    fc.assert(
      fc.property(cases, ({ model, data }) => {
        const instance = model.parse(data)
        expect(model.parse(instance)).toEqual(instance)
      }),
      { numRuns: 80 },
    )
  })

  it('says what is wrong with anything, and never throws something else', () => {
    fc.assert(
      fc.property(
        cases,
        fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withNullPrototype: true }),
        ({ model }, data) => {
          const verdict = model.check(data)
          if (verdict.ok) return
          expect(verdict.error.problems.length).toBeGreaterThan(0)
          expect(verdict.error.toPrompt()).toContain(verdict.error.problems[0]?.message)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('safe coercion', () => {
  it('changes no value that fits already', () => {
    const property = schemas.chain((schema) => arbitrary(schema).map((value) => ({ schema, value })))
    fc.assert(
      fc.property(property, ({ schema, value }) => {
        expect(adaptType(schema, { coercion: 'safe' }).parse(value)).toEqual(adaptType(schema).parse(value))
      }),
      { numRuns: 150 },
    )
  })
})
