import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { computed } from './computed.ts'
import { defineModel } from './define-model.ts'
import { field } from './field.ts'

const Line = defineModel('Line', { text: field(z.string(), { alias: 'txt', description: 'One line.' }) })
const Poem = defineModel(
  'Poem',
  { lines: z.array(Line.schema), title: field(z.string(), { default: 'untitled' }) },
  {
    description: 'A poem.',
    unknownKeys: 'forbid',
    computed: { length: computed(z.int(), ({ lines }: { readonly lines: readonly unknown[] }) => lines.length) },
  },
)

describe('toJsonSchema', () => {
  it('says what goes in, by its keys', () => {
    const { schema } = Poem.toJsonSchema()
    expect(JSON.stringify(schema)).toContain('"txt"')
    expect(schema).toMatchObject({ description: 'A poem.', required: ['lines'], additionalProperties: false })
    expect(schema['properties']).not.toHaveProperty('length')
  })

  it('says what comes out, with what is worked out', () => {
    const { schema } = Poem.toJsonSchema({ direction: 'output' })
    expect(schema['properties']).toHaveProperty('length')
    expect(schema['required']).toEqual(expect.arrayContaining(['lines', 'title', 'length']))
    expect(JSON.stringify(schema)).not.toContain('"txt"')
    expect(JSON.stringify(schema)).toContain('"text"')
  })

  it('says what comes out of the plainest model, and of models with more said about them', () => {
    const Point = defineModel('Point', { x: z.number() })
    const form = { type: 'object', properties: { x: { type: 'number' } }, required: ['x'], additionalProperties: false }
    const alone = Point.toJsonSchema({ direction: 'output' })
    expect(alone).toMatchObject({ schema: { ...form, title: 'Point' }, losses: [] })
    const Way = defineModel('Way', {
      from: field(Point, { description: 'Where from.' }),
      to: Point.schema.optional(),
    })
    const { schema, losses } = Way.toJsonSchema({ direction: 'output' })
    expect(schema).toMatchObject({ properties: { from: { description: 'Where from.' } }, $defs: { from: form } })
    expect(losses).toEqual([])
  })

  it.each(['2020-12', 'draft-07', 'openapi-3.1', 'openai-strict', 'gemini', 'claude'] as const)(
    'has a form in %s',
    (dialect) => {
      const { schema } = Line.toJsonSchema({ dialect })
      expect(schema['properties']).toHaveProperty('txt')
    },
  )
})
