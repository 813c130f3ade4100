import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Validator } from './validator.ts'
import { changedDocument, smallDocument, smallValue } from './compare-schemas.documents.test.ts'

const values = fc.sample(smallValue, { numRuns: 400, seed: 7 })

/** Random documents may lead back to themselves without an end: those are refused. */
async function read(document: JsonSchema): Promise<Validator | undefined> {
  return fromJsonSchema(document).catch(() => undefined)
}

describe('compareSchemas', () => {
  it('reports every value that one side admits and the other refuses', async () => {
    let proven = 0
    let refuted = 0
    await fc.assert(
      fc.asyncProperty(changedDocument, async ({ before, after }) => {
        const [old, young] = [await read(before), await read(after)]
        if (old === undefined || young === undefined) return
        for (const direction of ['input', 'output'] as const) {
          const { compatible } = compareSchemas(before, after, direction)
          const [inner, outer] = direction === 'input' ? [old, young] : [young, old]
          const missed = values.find((value) => inner.is(value) && !outer.is(value))
          if (missed !== undefined) refuted += 1
          if (!compatible) continue
          proven += 1
          expect({ direction, before, after, missed }).toEqual({ direction, before, after, missed: undefined })
        }
      }),
      { numRuns: 200 },
    )
    // Neither answer is the only one.
    expect(Math.min(proven, refuted)).toBeGreaterThan(20)
  }, 30_000)

  it('finds every document compatible with itself', async () => {
    await fc.assert(
      fc.asyncProperty(smallDocument, async (document) => {
        if ((await read(document)) === undefined) return
        const copy = { ...structuredClone(document), title: 'another' }
        const same = { compatible: true, breaking: [], harmless: [] }
        expect({ document, ...compareSchemas(document, copy, 'input') }).toEqual({ document, ...same })
      }),
      { numRuns: 150 },
    )
  }, 30_000)
})
