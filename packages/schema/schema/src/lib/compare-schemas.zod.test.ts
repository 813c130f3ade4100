import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compareSchemas } from './compare-schemas.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { toJsonSchema } from './to-json-schema.ts'

/** Two versions of a schema, and values that come near to either. */
interface Pair {
  readonly before: z.ZodType
  readonly after: z.ZodType
  readonly near: fc.Arbitrary<unknown>
}

const text = fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', 'A', ' ', '1') })
const number = fc.constantFrom<unknown>(-1, 0, 0.5, 1, 2, 3, 7, '1', null, undefined, true)
const isShort = (value: string): boolean => value.length < 3
const isLong = (value: string): boolean => value.length > 1
const half = (value: string): number => value.length / 2

const strings: readonly (() => z.ZodType)[] = [
  () => z.string(),
  () => z.string().min(1),
  () => z.string().max(2),
  () => z.string().regex(/^a/),
  () => z.string().startsWith('a').min(2),
  () => z.string().refine(isShort),
  () => z.string().refine(isLong).refine(isShort),
  () => z.string().superRefine((value, context) => void (value === '' && context.addIssue('Empty'))),
  () => z.string().trim().min(1),
  () => z.string().min(1).trim(),
  () => z.string().toUpperCase(),
  () => z.string().transform(half),
  () => z.string().transform(half).pipe(z.number().min(1)),
  () =>
    z
      .string()
      .transform(half)
      .refine((value) => value > 0.5),
  () => z.coerce.string(),
  () => z.coerce.string().max(1),
  () => z.string().catch('a'),
  () => z.string().min(3).default('a'),
  () => z.string().nullable(),
  () => z.string().optional(),
  () => z.preprocess((value) => (value === null ? '' : value), z.string()),
  () => z.enum(['a', 'b']),
  () => z.literal('a'),
  () => z.literal(['a', 'b', 1]),
  () => z.templateLiteral(['a', z.number()]),
  () => z.stringbool(),
]
const numbers: readonly (() => z.ZodType)[] = [
  () => z.number(),
  () => z.int(),
  () => z.number().min(0),
  () => z.number().gt(0).max(2),
  () => z.number().multipleOf(0.5),
  () => z.number().refine((value) => value !== 1),
  () => z.coerce.number().min(1),
  () => z.literal([1, 2]),
  () => z.number().nullish(),
  () => z.number().default(2),
  () => z.number().catch(0),
  () => z.union([z.number(), z.string()]),
  () => z.any(),
  () => z.null(),
  () => z.boolean(),
]

function changed(makes: readonly (() => z.ZodType)[], near: fc.Arbitrary<unknown>): fc.Arbitrary<Pair> {
  const one = fc.constantFrom(...makes)
  return fc.oneof(
    fc.tuple(one, one).map(([before, after]) => ({ before: before(), after: after(), near })),
    one.map((make) => ({ before: make(), after: make(), near })),
    one.map((make) => {
      const schema = make()
      return { before: schema, after: schema.describe('said again'), near }
    }),
  )
}

const leaf = fc.oneof(changed(strings, fc.oneof(text, number)), changed(numbers, fc.oneof(number, text)))
const modes: readonly ((object: z.ZodObject) => z.ZodType)[] = [
  (object) => object,
  (object) => object.strict(),
  (object) => object.loose(),
  (object) => object.catchall(z.number()),
]

function both(make: (pick: 'before' | 'after') => z.ZodType, near: fc.Arbitrary<unknown>): Pair {
  return { before: make('before'), after: make('after'), near }
}

const pairs = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pair' },
    { weight: 4, arbitrary: leaf },
    fc
      .record({
        fields: fc.uniqueArray(
          fc.tuple(
            fc.constantFrom('a', 'b', 'c'),
            tie('pair'),
            fc.constantFrom('both', 'both', 'both', 'before', 'after', 'optional'),
          ),
          { selector: ([name]) => name, maxLength: 3 },
        ),
        modes: fc.oneof(
          fc.constantFrom(...modes).map((mode) => [mode, mode] as const),
          fc.tuple(fc.constantFrom(...modes), fc.constantFrom(...modes)),
        ),
      })
      .map(({ fields, modes: [old, young] }) => {
        const shape = (side: 'before' | 'after'): z.ZodObject =>
          z.object(
            Object.fromEntries(
              fields
                .filter(([, , presence]) => presence === 'both' || presence === 'optional' || presence === side)
                .map(([name, pair, presence]) => [
                  name,
                  presence === 'both' || side === 'before' ? pair[side] : pair[side].optional(),
                ]),
            ),
          )
        const record = fc.record(Object.fromEntries(fields.map(([name, { near }]) => [name, near])), {
          requiredKeys: [],
        })
        const near = fc
          .tuple(record, fc.dictionary(fc.constantFrom('a', 'x'), number, { maxKeys: 1 }))
          .map(([known, more]) => ({ ...more, ...known }))
        return { before: old(shape('before')), after: young(shape('after')), near }
      }),
    tie('pair').map((pair) => both((side) => z.array(pair[side]), fc.array(pair.near, { maxLength: 2 }))),
    fc
      .tuple(tie('pair'), tie('pair'))
      .map(([one, other]) =>
        both(
          (side) => z.tuple(side === 'before' ? [one[side]] : [one[side], other[side].optional()]),
          fc.array(fc.oneof(one.near, other.near), { maxLength: 2 }),
        ),
      ),
    fc
      .tuple(tie('pair'), tie('pair'), fc.boolean())
      .map(([one, other, swap]) =>
        both(
          (side) => z.union(swap && side === 'after' ? [other[side], one[side]] : [one[side], other[side]]),
          fc.oneof(one.near, other.near),
        ),
      ),
    fc
      .tuple(tie('pair'), tie('pair'))
      .map(([one, other]) => both((side) => z.xor([one[side], other[side]]), fc.oneof(one.near, other.near))),
    fc
      .tuple(tie('pair'), tie('pair'))
      .map(([one, other]) =>
        both(
          (side) =>
            z.discriminatedUnion('k', [
              z.object({ k: z.literal(side === 'before' ? ['a'] : ['a', 'c']), v: one[side] }),
              z.object({ k: z.literal('b'), v: other[side] }),
            ]),
          fc.record({ k: fc.constantFrom('a', 'b', 'c'), v: fc.oneof(one.near, other.near) }),
        ),
      ),
    tie('pair').map((pair) =>
      both(
        (side) => z.record(z.string().regex(/^[ab]$/), pair[side]),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), pair.near, { maxKeys: 2 }),
      ),
    ),
    tie('pair').map((pair) =>
      both(
        (side) => z.partialRecord(z.enum(side === 'before' ? ['a', 'b'] : ['a', 'b', 'c']), pair[side]),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), pair.near, { maxKeys: 2 }),
      ),
    ),
    fc
      .tuple(tie('pair'), tie('pair'))
      .map(([one, other]) =>
        both(
          (side) => z.intersection(z.object({ a: one[side] }), z.object({ b: other[side] })),
          fc.record({ a: one.near, b: other.near }, { requiredKeys: [] }),
        ),
      ),
  ),
})).pair

/** A value with the forms of both sides, for the report of a failure. */
function shown({ before, after }: Pair, value: unknown, direction: 'input' | 'output'): string {
  const [old, young] = [before, after].map((schema) => toJsonSchema(schema, { direction }).schema)
  return JSON.stringify({ direction, value, before: old, after: young })
}

/** What JSON can carry: a property that is undefined is absent. */
function asJson(values: readonly unknown[]): unknown[] {
  return values.filter((value) => value !== undefined).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
}

function refusedInputs(pair: Pair, values: readonly unknown[]): string[] {
  return values
    .filter((value) => pair.before.safeParse(value).success && !pair.after.safeParse(value).success)
    .map((value) => shown(pair, value, 'input'))
}

async function newResults(pair: Pair, values: readonly unknown[]): Promise<string[]> {
  // What is exclusive for inputs need not be for the results.
  const form = JSON.stringify(toJsonSchema(pair.before, { direction: 'output' }).schema).replaceAll(
    '"oneOf"',
    '"anyOf"',
  )
  const possible = await fromJsonSchema(JSON.parse(form) as JsonSchema)
  // The form does not know of unfitting defaults and of texts that are trimmed after their checks.
  const given = new Set(values.map((value) => JSON.stringify(pair.before.safeParse(value).data)))
  return values
    .map((value) => pair.after.safeParse(value))
    .filter(({ success, data }) => success && data !== undefined)
    .filter(({ data }) => !possible.is(data) && !given.has(JSON.stringify(data)))
    .map(({ data }) => shown(pair, data, 'output'))
}

/** Two versions of a schema, and values for both. */
export const comparedPairs = pairs.chain((pair) =>
  fc.tuple(fc.constant(pair), fc.array(pair.near, { minLength: 30, maxLength: 60 }).map(asJson)),
)

/** What a comparison calls impossible and happens all the same; `undefined` where it calls the change a break. */
export async function missedChanges(
  pair: Pair,
  values: readonly unknown[],
  direction: 'input' | 'output',
): Promise<string[] | undefined> {
  if (!compareSchemas(pair.before, pair.after, direction).compatible) return undefined
  return direction === 'input' ? refusedInputs(pair, values) : newResults(pair, values)
}

describe('compareSchemas', () => {
  it('reports every value that zod took before and refuses after, and every result that was impossible', async () => {
    const runs = 120
    const proven = { input: 0, output: 0 }
    await fc.assert(
      fc.asyncProperty(comparedPairs, fc.constantFrom('input', 'output'), async ([pair, values], direction) => {
        const missed = await missedChanges(pair, values, direction)
        if (missed !== undefined) proven[direction] += 1
        expect(missed ?? []).toEqual([])
      }),
      { numRuns: runs },
    )
    // Neither answer is the only one.
    expect(Math.min(proven.input, proven.output)).toBeGreaterThan(runs / 24)
    expect(proven.input + proven.output).toBeLessThan(runs * 0.95)
  })
})
