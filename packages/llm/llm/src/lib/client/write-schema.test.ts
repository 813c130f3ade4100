import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { SchemaInput } from '../model-request.ts'
import { ModelError } from '../model-error.ts'
import { writeSchema } from './write-schema.ts'

const options = { vendor: 'Claude', dialect: 'draft-07', path: 'tools[0].input' } as const
const city = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }

/** A Standard Schema that is not zod's. */
function foreign(jsonSchema?: object): SchemaInput {
  const standard = { version: 1, vendor: 'other', validate: (value: unknown) => ({ value }), jsonSchema }
  return { '~standard': standard } as unknown as SchemaInput
}

describe('writeSchema', () => {
  it.each<[string, SchemaInput]>([
    ['a JSON Schema', city],
    ['zod', z.object({ city: z.string() })],
    ['any Standard Schema that can be written', foreign({ input: () => city })],
    ['what has a schema of zod', { ...foreign(), schema: z.object({ city: z.string() }) }],
  ])('writes %s', (_, schema) => {
    expect(writeSchema(schema, options)).toMatchObject(city)
  })

  it('refuses what cannot be written, with its place', () => {
    expect(() => writeSchema(foreign(), options)).toThrow(
      new ModelError(
        'invalid_request',
        '"tools[0].input" of the request cannot be written for Claude: Expected a schema that can be written as JSON Schema, got an object. Pass the JSON Schema document instead.',
        { details: { path: 'tools[0].input' } },
      ),
    )
    expect(() => writeSchema({ $ref: '#/nowhere' }, options)).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { path: 'tools[0].input' } }),
    )
  })

  it('writes a schema once for each dialect, and a document each time', () => {
    const schema = z.object({ city: z.string() })
    expect(writeSchema(schema, options)).toBe(writeSchema(schema, options))
    expect(writeSchema(schema, { ...options, dialect: 'openai-strict' })).not.toBe(writeSchema(schema, options))
    expect(writeSchema(city, options)).not.toBe(writeSchema(city, options))
  })
})
