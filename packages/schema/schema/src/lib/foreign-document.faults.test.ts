import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { dialects } from './dialect.ts'
import { drafts } from './foreign/draft.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import { anyKeywordValue, bareErrorOf, malformedDocument } from './foreign-document.property.test.ts'
import { toJsonSchema } from './to-json-schema.ts'

// The tests that cases are taken from have a fixed seed.
fc.resetConfigureGlobal()

describe('a document of any keywords with any values, for long', () => {
  it('is read, or refused by an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(
        malformedDocument,
        fc.constantFrom(...drafts),
        anyKeywordValue,
        async (document, draft, value) => {
          const read = async (): Promise<unknown> =>
            (await fromJsonSchema(document, { draft, resolve: () => true })).check(value)
          expect(await bareErrorOf(read)).toBeUndefined()
        },
      ),
      { numRuns: 30_000 },
    )
  })

  it('is written in every dialect, or refused by an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(malformedDocument, fc.constantFrom(...dialects), async (document, dialect) => {
        expect(await bareErrorOf(() => toJsonSchema(document, { dialect }))).toBeUndefined()
      }),
      { numRuns: 30_000 },
    )
  })

  it('is compared, or refused by an error with a code', async () => {
    await fc.assert(
      fc.asyncProperty(malformedDocument, malformedDocument, async (before, after) => {
        expect(await bareErrorOf(() => compareSchemas(before, after, 'output'))).toBeUndefined()
      }),
      { numRuns: 10_000 },
    )
  })
})
