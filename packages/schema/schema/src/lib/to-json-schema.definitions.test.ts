import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { dialects } from './dialect.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import { toJsonSchema } from './to-json-schema.ts'

describe('definitions', () => {
  const address = z
    .object({ street: z.string() })
    .meta({ id: 'Address', title: 'An address', examples: [{ street: 'x' }], deprecated: true })
  interface Tree {
    name: string
    children: Tree[]
  }
  const tree: z.ZodType<Tree> = z.object({ name: z.string(), children: z.array(z.lazy(() => tree)) })

  it('are named after the id, and carry what meta says', () => {
    expect(toJsonSchema(z.object({ from: address, to: address.optional() }), { dialect: 'claude' }).schema).toEqual({
      type: 'object',
      properties: { from: { $ref: '#/$defs/Address' }, to: { $ref: '#/$defs/Address' } },
      required: ['from'],
      $defs: {
        Address: {
          type: 'object',
          properties: { street: { type: 'string' } },
          required: ['street'],
          title: 'An address',
          examples: [{ street: 'x' }],
          deprecated: true,
        },
      },
    })
  })

  it('stand under "definitions" in draft-07, with nothing beside a reference', () => {
    const { schema } = toJsonSchema(z.object({ to: address.describe('Where to') }), { dialect: 'draft-07' })
    expect(schema).toMatchObject({
      properties: { to: { description: 'Where to', allOf: [{ $ref: '#/definitions/Address' }] } },
      definitions: { Address: { title: 'An address' } },
    })
  })

  it('of schemas without an id are named after the property that first uses them', () => {
    const point = z.object({ x: z.array(z.number()) })
    expect(toJsonSchema(z.object({ start: point, end: point })).schema).toMatchObject({
      properties: { start: { $ref: '#/$defs/start' }, end: { $ref: '#/$defs/start' } },
    })
  })

  it('hold recursion, in OpenAI strict too', () => {
    const { schema } = toJsonSchema(tree, { dialect: 'openai-strict' })
    expect(schema).toEqual({
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#' } } },
      required: ['name', 'children'],
      additionalProperties: false,
    })
  })

  it('are recursive in Gemini through optional properties only', () => {
    const { schema, losses } = toJsonSchema(tree, { dialect: 'gemini' })
    expect(schema).toMatchObject({ required: ['name'] })
    expect(losses).toMatchObject([{ keyword: 'required', effect: 'wider' }])
  })

  it('are not recursive in Claude strict', () => {
    expect(() => toJsonSchema(tree, { dialect: 'claude-strict' })).toThrow(
      'The schema has no Claude strict form: at the root, Claude strict takes no recursion. Bound the depth with schemas of their own.',
    )
  })

  it('do not multiply: thirty levels of shared schemas stay thirty definitions', () => {
    let schema: z.ZodType = z.object({ leaf: z.string() })
    for (let level = 0; level < 30; level += 1) schema = z.object({ left: schema, right: schema })
    expect(Object.keys(toJsonSchema(schema).schema['$defs'] as object)).toHaveLength(30)
  })

  it.each(['50%', '%41', 'a b', 'ü', 'a#b', 'a/b~c'])(
    'are found by any name, written as addresses are: %s',
    async (id) => {
      const shared = z.object({ x: z.number() }).meta({ id })
      for (const dialect of dialects) {
        const { schema } = toJsonSchema(z.object({ a: shared, b: shared }), { dialect })
        const { is } = await fromJsonSchema(schema)
        expect([is({ a: { x: 1 }, b: { x: 1 } }), is({ a: { x: 1 }, b: { x: '1' } })]).toEqual([true, false])
        expect(JSON.stringify(schema)).toContain(
          `/${encodeURI(id.replace('~', '~0').replace('/', '~1')).replace('#', '%23')}"`,
        )
      }
    },
  )
})

describe('a schema with definitions in an OpenAPI document', () => {
  const point = z.object({ x: z.number() })

  it('has an address of its own, where its references start', () => {
    const line = toJsonSchema(z.object({ start: point, end: point }), { dialect: 'openapi-3.1' }).schema
    const other = toJsonSchema(z.object({ from: point, to: point }), { dialect: 'openapi-3.1' }).schema
    expect(line['$id']).toMatch(/^urn:empire:schema:[0-9a-f]{16}$/)
    expect(other['$id']).not.toBe(line['$id'])
  })

  it('has none where it refers to nothing', () => {
    expect(toJsonSchema(point, { dialect: 'openapi-3.1' }).schema).not.toHaveProperty('$id')
  })

  it('stands anywhere in the document', async () => {
    const line = toJsonSchema(z.object({ start: point, end: point }), { dialect: 'openapi-3.1' }).schema
    const { is } = await fromJsonSchema({ $ref: '#/components/schemas/Line', components: { schemas: { Line: line } } })
    expect([is({ start: { x: 1 }, end: { x: 2 } }), is({ start: { x: 1 }, end: { x: '2' } })]).toEqual([true, false])
  })
})
