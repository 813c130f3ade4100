import { EmpireError } from '@empire/errors'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas, type SchemaComparison } from './compare-schemas.ts'
import { changedDocument, smallDocument } from './compare-schemas.documents.test.ts'
import { differencesFromItself, judgedChange } from './compare-schemas.property.test.ts'
import { comparedPairs, missedChanges } from './compare-schemas.zod.test.ts'
import type { Direction } from './dialect.ts'
import type { JsonSchema } from './json-schema.ts'

// The tests that cases are taken from have a fixed seed.
fc.resetConfigureGlobal()

const directions = fc.constantFrom('input' as const, 'output' as const)

const member = (index: number): object => ({
  type: 'object',
  properties: { kind: { const: index }, more: { type: 'string' } },
  required: ['kind'],
})

const union = (count: number): JsonSchema => ({ oneOf: Array.from({ length: count }, (_, index) => member(index)) })

describe('compareSchemas, for long', () => {
  it('reports every value that one side of a changed document admits and the other refuses', async () => {
    await fc.assert(
      fc.asyncProperty(changedDocument, directions, async (change, direction) => {
        const { compatible = false, missed } = (await judgedChange(change, direction)) ?? {}
        expect(compatible && missed !== undefined ? { direction, ...change, missed } : undefined).toBeUndefined()
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
        const there = comparisonOf(before, after, direction)
        const back = comparisonOf(after, before, direction)
        expect(there?.harmless.length === 0).toBe(back?.compatible ?? false)
      }),
      { numRuns: 10_000 },
    )
  })

  it('bounds the work on large schemas', () => {
    expect(compareSchemas(union(400), union(401), 'input').compatible).toBe(true)
  })
})

/** Random documents may lead back to themselves without an end, or nowhere: those are refused. */
function comparisonOf(before: JsonSchema, after: JsonSchema, direction: Direction): SchemaComparison | undefined {
  try {
    return compareSchemas(before, after, direction)
  } catch (error) {
    if (error instanceof EmpireError) return undefined
    throw error
  }
}
