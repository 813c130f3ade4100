import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { changedDocument, smallDocument, smallValue } from './random-document.test.ts'

const RUNS = Number(process.env['COMPARE_RUNS'] ?? 400)
const values = fc.sample(smallValue, { numRuns: 800, seed: 7 })
const stats = { pairs: 0, compatible: 0, exact: 0, needless: 0, undecidable: 0 }

async function check(before: JsonSchema, after: JsonSchema): Promise<void> {
  const old = await fromJsonSchema(before).catch(() => undefined)
  const young = await fromJsonSchema(after).catch(() => undefined)
  if (old === undefined || young === undefined) return
  for (const direction of ['input', 'output'] as const) {
    const { compatible, breaking } = compareSchemas(before, after, direction)
    const [inner, outer] = direction === 'input' ? [old, young] : [young, old]
    const witness = values.find((value) => inner.is(value) && !outer.is(value))
    stats.pairs += 1
    if (compatible) {
      stats.compatible += 1
      expect(witness, `${direction} ${JSON.stringify({ before, after })}`).toBeUndefined()
    } else if (witness === undefined) {
      stats.needless += 1
      if (process.env['SHOW']) console.log(direction, JSON.stringify({ before, after }), JSON.stringify(breaking))
    }
    if (breaking.some(({ reason }) => reason === 'undecidable')) stats.undecidable += 1
  }
}

describe('compareSchemas', () => {
  it('reports every value that one side admits and the other refuses', async () => {
    await fc.assert(
      fc.asyncProperty(changedDocument, ({ before, after }) => check(before, after)),
      { numRuns: RUNS },
    )
    console.log(stats)
  }, 600000)
  it('finds every document compatible with itself', async () => {
    await fc.assert(
      fc.asyncProperty(smallDocument, async (document) => {
        if ((await fromJsonSchema(document).catch(() => undefined)) === undefined) return
        const copy = { ...structuredClone(document), title: 'another' }
        expect(compareSchemas(document, copy, 'input').breaking, JSON.stringify(document)).toEqual([])
      }),
      { numRuns: RUNS },
    )
  }, 600000)
})
