import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { changedDocument, smallDocument } from './compare-schemas.documents.test.ts'
import { differencesFromItself, judgedChange } from './compare-schemas.property.test.ts'
import { comparedPairs, missedChanges } from './compare-schemas.zod.test.ts'

// The tests that cases are taken from have a fixed seed.
fc.resetConfigureGlobal()

const directions = fc.constantFrom('input' as const, 'output' as const)

describe('compareSchemas, for long', () => {
  it('reports every value that one side of a changed document admits and the other refuses', async () => {
    await fc.assert(
      fc.asyncProperty(changedDocument, directions, async (change, direction) => {
        const { compatible = false, missed } = (await judgedChange(change, direction)) ?? {}
        if (compatible) expect({ direction, ...change, missed }).toEqual({ direction, ...change, missed: undefined })
      }),
      { numRuns: 20_000 },
    )
  })

  it('reports every value that zod took before and refuses after, and every result that was impossible', async () => {
    await fc.assert(
      fc.asyncProperty(comparedPairs, directions, async ([pair, values], direction) => {
        expect((await missedChanges(pair, values, direction)) ?? []).toEqual([])
      }),
      { numRuns: 10_000 },
    )
  })

  it('finds every document compatible with itself', async () => {
    await fc.assert(
      fc.asyncProperty(smallDocument, async (document) => {
        expect(await differencesFromItself(document)).toBeUndefined()
      }),
      { numRuns: 10_000 },
    )
  })

  it('calls harmless what is a break the other way round', () => {
    fc.assert(
      fc.property(changedDocument, directions, ({ before, after }, direction) => {
        try {
          const there = compareSchemas(before, after, direction)
          const back = compareSchemas(after, before, direction)
          // The harmless changes of one way are the breaks of the other.
          expect(there.harmless.length === 0).toBe(back.compatible)
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_json_schema' })
        }
      }),
      { numRuns: 10_000 },
    )
  })

  it('bounds the work on large schemas', () => {
    const member = (index: number): object => ({
      type: 'object',
      properties: { kind: { const: index }, more: { type: 'string' } },
      required: ['kind'],
    })
    const union = (count: number): object => ({ oneOf: Array.from({ length: count }, (_, index) => member(index)) })
    expect(compareSchemas(union(400) as never, union(401) as never, 'input').compatible).toBe(true)
  })
})
