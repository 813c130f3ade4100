import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isSchemaObject, type JsonSchema } from '../json-schema.ts'
import { mapSubschemas } from '../map-subschemas.ts'
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

/** The cases of another draft that 2019-09 decides otherwise, and how many were tried. */
async function otherwise(draft: string, translate: (schema: JsonSchema) => JsonSchema): Promise<[string[], number]> {
  const found: string[] = []
  let cases = 0
  const options = {
    draft: '2019-09',
    resolve: (uri: string) => suite.remotes[uri] && translate(suite.remotes[uri]),
  } as const
  for (const { groups } of suite.drafts[draft] ?? []) {
    for (const { description, schema, tests } of groups) {
      // Written in words that the draft does not have: dynamic anchors, anchors as fragments of `$id`, pointers into tuples.
      if (
        /\$dynamic(?:Ref|Anchor)|"\$id":"[^"]*#[^"]|locationIndependent|detached|extendible|#\/prefixItems/.test(
          JSON.stringify(schema),
        )
      )
        continue
      const validator = await fromJsonSchema(translate(schema), options)
      for (const test of tests) {
        cases += 1
        if (validator.is(test.data) !== test.valid) found.push(`${description}: ${test.description}`)
      }
    }
  }
  return [found, cases]
}

/** What 2020-12 says, in the words of 2019-09. */
function older(schema: JsonSchema): JsonSchema {
  if (!isSchemaObject(schema)) return schema
  const { prefixItems, items, ...rest } = mapSubschemas(schema, older)
  const named = ['$schema', '$ref', '$id'].map((keyword) => {
    const uri = rest[keyword]
    return typeof uri === 'string' ? { [keyword]: uri.replace('/draft/2020-12/', '/draft/2019-09/') } : {}
  })
  const tuple = { items: prefixItems, ...(items === undefined ? {} : { additionalItems: items }) }
  return Object.assign({}, rest, ...named, prefixItems === undefined ? (items === undefined ? {} : { items }) : tuple)
}

/** What draft-07 says, under the name of 2019-09. */
function renamed(schema: JsonSchema): JsonSchema {
  if (!isSchemaObject(schema) || schema['$schema'] === undefined) return schema
  return { ...schema, $schema: 'https://json-schema.org/draft/2019-09/schema' }
}

describe('the official test suite for other drafts, read as 2019-09', () => {
  it('is as 2020-12 in its words, but for items that "contains" has found', async () => {
    expect(await otherwise('2020-12', older)).toEqual([
      [
        'unevaluatedItems depends on adjacent contains: second item is evaluated by contains',
        'unevaluatedItems depends on multiple nested contains: 5 not evaluated, passes unevaluatedItems',
        "unevaluatedItems and contains interact to control item dependency relationship: only a's are valid",
        "unevaluatedItems and contains interact to control item dependency relationship: a's and b's are valid",
        "unevaluatedItems and contains interact to control item dependency relationship: a's, b's and c's are valid",
      ],
      1045,
    ])
  })

  it('is as draft-07, but for what stands beside a reference', async () => {
    expect(await otherwise('draft-07', renamed)).toEqual([
      [
        'ref overrides any sibling keywords: ref valid, maxItems ignored',
        '$ref prevents a sibling $id from changing the base uri: $ref resolves to /definitions/base_foo, data does not validate',
        '$ref prevents a sibling $id from changing the base uri: $ref resolves to /definitions/base_foo, data validates',
      ],
      901,
    ])
  })
})
