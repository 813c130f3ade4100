import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../json-schema.ts'
import type { Draft } from './draft.ts'
import { fromJsonSchema } from './from-json-schema.ts'

interface Suite {
  readonly drafts: Readonly<Record<string, readonly { readonly file: string; readonly groups: readonly Group[] }[]>>
  readonly remotes: Readonly<Record<string, JsonSchema>>
}

interface Group {
  readonly description: string
  readonly schema: JsonSchema
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[]
}

const packed = readFileSync(
  new URL('../../../../../../tooling/json-schema-test-suite/json-schema-test-suite.json.gz', import.meta.url),
)
const suite = JSON.parse(gunzipSync(packed).toString()) as Suite

describe.each<[Draft, number]>([
  ['2020-12', 1099],
  ['draft-07', 913],
])('the official test suite for %s', (draft, expected) => {
  it('passes in every required case', async () => {
    const wrong: string[] = []
    let cases = 0
    for (const { file, groups } of suite.drafts[draft] ?? []) {
      for (const { description, schema, tests } of groups) {
        const validator = await fromJsonSchema(schema, { draft, resolve: (uri) => suite.remotes[uri] })
        for (const test of tests) {
          cases += 1
          const verdict = validator.check(test.data)
          const agrees = verdict.ok === test.valid && validator.is(test.data) === test.valid
          // A refusal without a reason would be as wrong as a wrong verdict.
          if (!agrees || (!verdict.ok && verdict.issues.length === 0))
            wrong.push(`${file}: ${description}: ${test.description}`)
        }
      }
    }
    expect(wrong).toEqual([])
    expect(cases).toBe(expected)
  })
})
