import { inspect, isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { hostileValue } from './hostile-value.test.ts'
import { randomSchema } from './random-schema.test.ts'

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

async function outcomeLater(run: () => Promise<object>): Promise<object> {
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

describe('compile', () => {
  it('decides, gives out and explains as zod does', () => {
    fc.assert(
      fc.property(cases, ({ schema, value }) => {
        const expected = plain(schema, value)
        const came = ours(schema, value)
        const fits = outcomeOf(() => ({ value: compile(schema).is(value) }))
        if ('error' in expected) {
          // A part that throws when it is read may never be read, and a part that no option needs is not.
          if ('error' in came) expect(came).toEqual(expected)
          return
        }
        if (!isDeepStrictEqual(came, expected)) expect(came).toEqual(expected)
        if ('value' in came) expect(shown(came.value)).toBe(shown('value' in expected && expected.value))
        expect(fits).toEqual({ value: 'value' in expected })
      }),
      { numRuns: 500 },
    )
  })

  it('does so for schemas that wait', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ schema, value }) => {
        const waiting = schema.refine(async (output) => output !== 'a', 'Not a')
        const expected = await outcomeLater(async () => {
          const result = await waiting.safeParseAsync(value)
          return result.success ? { value: result.data } : { issues: result.error.issues }
        })
        const came = await outcomeLater(async () => {
          const verdict = await compile(waiting).checkAsync(value)
          return verdict.ok ? { value: verdict.value } : { issues: verdict.issues }
        })
        expect(came).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })

  it('is a Standard Schema as zod is', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ schema, value }) => {
        const expected = await outcomeLater(async () => schema['~standard'].validate(value))
        const came = await outcomeLater(async () => compile(schema)['~standard'].validate(value))
        if (!('error' in expected)) expect(came).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })
})
