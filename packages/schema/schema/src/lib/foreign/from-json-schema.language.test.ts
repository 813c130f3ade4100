import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineType } from '../define-type.ts'
import type { JsonSchema } from '../json-schema.ts'
import type { Draft } from './draft.ts'
import { fromJsonSchema, type FromJsonSchemaOptions } from './from-json-schema.ts'

const meta = 'https://x.example/meta'

/** A metaschema of one's own, with the vocabularies by the last step of their names. */
function metaschema(draft: Draft, vocabularies: Readonly<Record<string, boolean>>): FromJsonSchemaOptions {
  const $vocabulary = Object.fromEntries(
    Object.entries(vocabularies).map(([name, required]) => [
      name.includes(':') ? name : `https://json-schema.org/draft/${draft}/vocab/${name}`,
      required,
    ]),
  )
  return { resolve: () => ({ $schema: `https://json-schema.org/draft/${draft}/schema`, $id: meta, $vocabulary }) }
}

async function refusal(document: JsonSchema, options?: FromJsonSchemaOptions): Promise<string> {
  return fromJsonSchema(document, options).then(
    () => 'taken',
    (error: Error) => error.message,
  )
}

const core = { core: true, applicator: true }

describe('a metaschema of one’s own', () => {
  it.each<[string, Draft, Record<string, boolean>, JsonSchema, unknown, boolean]>([
    ['keeps the keywords it lists', '2020-12', { ...core, validation: true }, { type: 'string' }, 1, false],
    ['leaves out the keywords it does not', '2020-12', core, { type: 'string' }, 1, true],
    ['also where it lists nothing but them', '2020-12', { core: true }, { properties: { a: false } }, { a: 1 }, true],
    ['keeps what is unevaluated by its own name', '2020-12', core, { unevaluatedProperties: false }, { a: 1 }, true],
    ['keeps it with the applicators in 2019-09', '2019-09', core, { unevaluatedProperties: false }, { a: 1 }, false],
    ['may list what nobody knows', '2020-12', { ...core, 'https://x.example/own': false }, { not: {} }, 1, false],
    ['has formats as annotations', '2020-12', { ...core, 'format-annotation': true }, { format: 'email' }, 'x', true],
    ['also where asserting is optional', '2020-12', { ...core, 'format-assertion': false }, { format: 'x' }, 'x', true],
    ['and in 2019-09', '2019-09', { ...core, format: false }, { format: 'email' }, 'x', true],
  ])('%s (%s)', async (_, draft, vocabularies, document, value, expected) => {
    const validator = await fromJsonSchema({ $schema: meta, ...(document as object) }, metaschema(draft, vocabularies))
    expect(validator.is(value)).toBe(expected)
  })

  it.each<[Draft, string]>([
    ['2020-12', 'format-assertion'],
    ['2019-09', 'format'],
  ])('of %s can require formats to be checked, by types of their names', async (draft, vocabulary) => {
    const options = metaschema(draft, { ...core, [vocabulary]: true })
    const document = { $schema: meta, properties: { mail: { format: 'email' } } }
    expect(await refusal(document, options)).toBe(
      'The document is not a valid JSON Schema: at #/properties/mail/format, the metaschema wants the format "email" to be checked. Give a type of that name in "types".',
    )
    const types = [defineType('email', { base: z.email() })]
    const validator = await fromJsonSchema(document, { ...options, types })
    expect([validator.is({ mail: 'ada@example.org' }), validator.is({ mail: 'ada' })]).toEqual([true, false])
  })
})

describe('content', () => {
  it.each<Draft>(['draft-07', '2019-09', '2020-12'])('is an annotation in %s', async (draft) => {
    const document = { contentMediaType: 'application/json', contentEncoding: 'base64', contentSchema: { not: {} } }
    const validator = await fromJsonSchema(document, { draft })
    expect(['{:}', '%', 5].map((value) => validator.is(value))).toEqual([true, true, true])
  })

  it('has a schema that is read, and may be referred to', async () => {
    const document = {
      contentSchema: { $id: 'https://x.example/inner', type: 'string' },
      $ref: 'https://x.example/inner',
    }
    expect((await fromJsonSchema(document)).is(1)).toBe(false)
    expect(await refusal({ contentSchema: 5 as never })).toContain('at #/contentSchema, expected')
  })
})

describe('$schema', () => {
  it.each<[string, boolean]>([
    ['http://json-schema.org/draft-07/schema#', true],
    ['https://json-schema.org/draft-07/schema', true],
    ['http://json-schema.org/draft/2019-09/schema', false],
    ['http://json-schema.org/draft/2020-12/schema#', false],
  ])('may be written %s', async ($schema, isOld) => {
    // Only from 2019-09 on, something stands beside a reference.
    const validator = await fromJsonSchema({ $schema, $ref: '#/definitions/a', type: 'string', definitions: { a: {} } })
    expect(validator.is(1)).toBe(isOld)
  })

  it('must be one that is known', async () => {
    expect(await refusal({ $schema: 'https://json-schema.org/draft/2021-01/schema' })).toContain('is none of draft-07')
  })
})

describe('names that are given twice in a document', () => {
  const text = { $id: 'https://x.example/a', type: 'string' }

  it.each<[string, JsonSchema, string]>([
    [
      'an $id',
      { $defs: { a: text, b: { ...text, type: 'number' } } },
      'at #/$defs/b, another schema of the document has the "$id" "https://x.example/a".',
    ],
    [
      'the $id of the document',
      { $id: 'https://x.example/a', $defs: { b: { $id: 'a', type: 'number' } } },
      'at https://x.example/a#/$defs/b, another schema of the document has the "$id" "a".',
    ],
    [
      'an anchor',
      { $defs: { a: { $anchor: 'x' }, b: { $anchor: 'x', type: 'string' } } },
      'at #/$defs/b, another schema has the anchor "x".',
    ],
  ])('are refused: %s', async (_, document, message) => {
    expect(await refusal(document)).toBe(`The document is not a valid JSON Schema: ${message}`)
  })

  it('are one where they say the same, and elsewhere another matter', async () => {
    expect(await refusal({ $defs: { a: text, b: { ...text } } })).toBe('taken')
    expect(await refusal({ $defs: { a: { $anchor: 'x' }, b: { $id: 'b', $anchor: 'x', type: 'string' } } })).toBe(
      'taken',
    )
    const bundles = { $defs: { a: text }, $ref: 'https://x.example/other' }
    expect(await refusal(bundles, { resolve: () => ({ $defs: { a: { ...text, maxLength: 1 } } }) })).toBe('taken')
  })
})
