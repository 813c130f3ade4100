import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { copyResponseSchema } from './response-schema.ts'

const weather = { type: 'object', properties: { sky: { type: 'string' } }, required: ['sky'] }

describe('copyResponseSchema', () => {
  it('takes words and JSON Schemas as they are', () => {
    expect(copyResponseSchema('a list of cities')).toBe('a list of cities')
    expect(copyResponseSchema(weather)).toStrictEqual(weather)
    expect(copyResponseSchema(weather)).not.toBe(weather)
  })

  it('asks a schema of zod for its JSON Schema', () => {
    const schema = z.object({ sky: z.string() })
    expect(copyResponseSchema(schema)).toStrictEqual({ ...z.toJSONSchema(schema) })
  })

  it('asks any schema that has the JSON Schema part of Standard Schema', () => {
    const asked: unknown[] = []
    const jsonSchema = {
      output(options: unknown) {
        asked.push(options)
        return this === jsonSchema ? weather : undefined
      },
    }
    expect(copyResponseSchema({ '~standard': { version: 1, jsonSchema } })).toStrictEqual(weather)
    // ArkType's schemas are functions.
    expect(copyResponseSchema(Object.assign(() => true, { '~standard': { jsonSchema } }))).toStrictEqual(weather)
    expect(asked).toEqual([{ target: 'draft-2020-12' }, { target: 'draft-2020-12' }])
  })

  it('asks any schema that has toJSONSchema()', () => {
    const schema = { '~standard': { version: 1 }, inner: weather, toJSONSchema: () => weather }
    expect(copyResponseSchema(schema)).toStrictEqual(weather)
  })

  it.each<[unknown, string]>([
    [
      { '~standard': { version: 1, validate: () => ({ value: 1 }) } },
      'Expected "responseSchema" to be a schema that can say what it takes in JSON Schema, got one without "~standard".jsonSchema and toJSONSchema(). Pass its JSON Schema.',
    ],
    [() => weather, 'Expected "responseSchema" to be a schema, a JSON Schema or a text, got a function.'],
    [
      { toJSONSchema: () => true },
      'Expected "responseSchema" to be a schema, a JSON Schema or a text, got a boolean (true).',
    ],
    [[weather], 'Expected "responseSchema" to be a schema, a JSON Schema or a text, got an array.'],
    [null, 'Expected "responseSchema" to be a schema, a JSON Schema or a text, got null.'],
    [{ pattern: /a/ }, 'Expected "responseSchema.pattern" to be plain JSON data, got an object.'],
  ])('refuses %o', (schema, message) => {
    expect(() => copyResponseSchema(schema as object)).toThrow(new TypeError(message))
  })
})
