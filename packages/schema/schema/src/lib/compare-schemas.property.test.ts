import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'
import type { Validator } from './validator.ts'
import { changedDocument, smallDocument, smallValue } from './compare-schemas.documents.test.ts'

const values = fc.sample(smallValue, { numRuns: 400, seed: 7 })

/** Random documents may lead back to themselves without an end: those are refused. */
async function read(document: JsonSchema): Promise<Validator | undefined> {
  return fromJsonSchema(document).catch(() => undefined)
}

/** A change of a document: whether it is called compatible, and a value that passes one side only. */
export async function judgedChange(
  { before, after }: { readonly before: JsonSchema; readonly after: JsonSchema },
  direction: 'input' | 'output',
): Promise<{ readonly compatible: boolean; readonly missed: unknown } | undefined> {
  const [old, young] = [await read(before), await read(after)]
  if (old === undefined || young === undefined) return undefined
  const [inner, outer] = direction === 'input' ? [old, young] : [young, old]
  const { compatible } = compareSchemas(before, after, direction)
  return { compatible, missed: values.find((value) => inner.is(value) && !outer.is(value)) }
}

/** What differs between a document and its copy; `undefined` where it cannot be read. */
export async function differencesFromItself(document: JsonSchemaObject): Promise<unknown> {
  if ((await read(document)) === undefined) return undefined
  const copy = { ...structuredClone(document), title: 'another' }
  const { breaking, harmless } = compareSchemas(document, copy, 'input')
  return breaking.length + harmless.length === 0 ? undefined : { document, breaking, harmless }
}

describe('compareSchemas', () => {
  it('reports every value that one side admits and the other refuses', async () => {
    let proven = 0
    let refuted = 0
    await fc.assert(
      fc.asyncProperty(changedDocument, fc.constantFrom('input', 'output'), async (change, direction) => {
        const { compatible = false, missed } = (await judgedChange(change, direction)) ?? {}
        if (missed !== undefined) refuted += 1
        if (!compatible) return
        proven += 1
        expect({ direction, ...change, missed }).toEqual({ direction, ...change, missed: undefined })
      }),
      { numRuns: 120 },
    )
    // Neither answer is the only one.
    expect(Math.min(proven, refuted)).toBeGreaterThan(2)
  })

  it('finds every document compatible with itself', async () => {
    await fc.assert(
      fc.asyncProperty(smallDocument, async (document) => {
        expect(await differencesFromItself(document)).toBeUndefined()
      }),
      { numRuns: 80 },
    )
  })
})
