import { inspect, isDeepStrictEqual } from 'node:util'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { hostileValue } from './compile.hostile-value.test.ts'
import { randomSchema } from './compile.random-schema.test.ts'

interface Case {
  readonly schema: z.ZodType
  readonly value: unknown
}

const cases: fc.Arbitrary<Case> = randomSchema.chain(({ schema, near }) =>
  fc
    .oneof({ weight: 4, arbitrary: near }, fc.anything(), hostileValue(near))
    .map((value) => ({ schema, value, [fc.toStringMethod]: () => `${outline(schema)} on ${shown(value)}` })),
)

/** fast-check would trip over values that throw when they are looked at. */
function shown(value: unknown): string {
  try {
    return inspect(value, { depth: 6, showProxy: true })
  } catch {
    return 'a value that cannot be shown'
  }
}

function outline(schema: z.core.$ZodType): string {
  const json = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => void (jsonSchema['x-kind'] = zodSchema._zod.def.type),
  })
  return JSON.stringify(json)
}

type Outcome = { value: unknown } | { issues: unknown } | { error: unknown }

function outcomeOf(run: () => Outcome): Outcome {
  try {
    return run()
  } catch (error) {
    return { error }
  }
}

async function standardOutcome(schema: StandardSchemaV1, value: unknown): Promise<Outcome> {
  const result = await schema['~standard'].validate(value)
  return result.issues === undefined ? { value: result.value } : { issues: result.issues }
}

async function outcomeLater(run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run()
  } catch (error) {
    return { error }
  }
}

function plain(schema: z.ZodType, value: unknown): Outcome {
  return outcomeOf(() => {
    const result = schema.safeParse(value)
    return result.success ? { value: result.data } : { issues: result.error.issues }
  })
}

function ours(schema: z.ZodType, value: unknown): Outcome {
  return outcomeOf(() => {
    const verdict = compile(schema).check(value)
    return verdict.ok ? { value: verdict.value } : { issues: verdict.issues }
  })
}

/** Two outcomes side by side, where they differ: a value that throws when it is read may be decided before that. */
function difference(came: Outcome, expected: Outcome): unknown {
  if ('error' in expected && !('error' in came)) return undefined
  if (!isDeepStrictEqual(came, expected)) return { came, expected }
  if (!('value' in came) || !('value' in expected) || shown(came.value) === shown(expected.value)) return undefined
  return { came: shown(came.value), expected: shown(expected.value) }
}

describe('compile', () => {
  it('decides, gives out and explains as zod does', () => {
    fc.assert(
      fc.property(cases, ({ schema, value }) => {
        const expected = plain(schema, value)
        expect(difference(ours(schema, value), expected)).toBeUndefined()
        const fits = outcomeOf(() => ({ value: compile(schema).is(value) }))
        expect(difference(fits, 'error' in expected ? expected : { value: 'value' in expected })).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })

  it('does so for schemas that wait', async () => {
    const differences = fc.asyncProperty(cases, async ({ schema, value }) => {
      const waiting = schema.refine(async (output) => output !== 'a', 'Not a')
      const expected = await outcomeLater(async () => {
        const result = await waiting.safeParseAsync(value)
        return result.success ? { value: result.data } : { issues: result.error.issues }
      })
      const came = await outcomeLater(async () => {
        const verdict = await compile(waiting).checkAsync(value)
        return verdict.ok ? { value: verdict.value } : { issues: verdict.issues }
      })
      expect(difference(came, expected)).toBeUndefined()
    })
    await expect(fc.assert(differences, { numRuns: 60 })).resolves.toBeUndefined()
  })

  it('is a Standard Schema as zod is', async () => {
    const differences = fc.asyncProperty(cases, async ({ schema, value }) => {
      const expected = await outcomeLater(async () => standardOutcome(schema, value))
      const came = await outcomeLater(async () => standardOutcome(compile(schema), value))
      expect(difference(came, expected)).toBeUndefined()
    })
    await expect(fc.assert(differences, { numRuns: 60 })).resolves.toBeUndefined()
  })
})
