import { defineModel } from '@empire/model'
import { compile } from '@empire/schema/compile'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { schemaDocument } from './schema-document.ts'

const form = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }

describe('schemaDocument', () => {
  it('gives a document as it is', () => {
    expect(schemaDocument(form)).toBe(form)
  })

  it.each([
    ['zod', z.object({ name: z.string() })],
    ['@empire/model', defineModel('Named', { name: z.string() })],
    [
      'the JSON Schema part of Standard Schema',
      { '~standard': { version: 1, vendor: 'x', validate: () => ({ value: 1 }), jsonSchema: { input: () => form } } },
    ],
  ])('writes a schema of %s, once', (_, schema) => {
    const document = schemaDocument(schema as never)
    expect(document).toMatchObject(form)
    expect(schemaDocument(schema as never)).toBe(document)
  })

  it('refuses a schema that cannot be written', () => {
    const { '~standard': standard } = compile(z.string())
    const { version, vendor, validate } = standard
    expect(() => schemaDocument({ '~standard': { version, vendor, validate } })).toThrow(
      new TypeError(
        'Expected a schema that can be written as JSON Schema, got an object. Pass the JSON Schema document instead.',
      ),
    )
  })
})
