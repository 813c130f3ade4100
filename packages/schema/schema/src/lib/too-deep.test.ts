import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compareSchemas } from './compare-schemas.ts'
import { compile } from './compile.ts'
import { dialects } from './dialect.ts'
import { fromJsonSchema } from './foreign/from-json-schema.ts'
import { inferSchema } from './infer-schema.ts'
import type { JsonSchema } from './json-schema.ts'
import { toJsonSchema } from './to-json-schema.ts'

function nested(
  depth: number,
  innermost: unknown = [],
  wrap: (inner: unknown) => unknown = (inner) => [inner],
): unknown {
  let value = innermost
  for (let level = 0; level < depth; level += 1) value = wrap(value)
  return value
}

function nestedDocument(depth: number): JsonSchema {
  return nested(depth, { type: 'string' }, (items) => ({ items })) as JsonSchema
}

const lists: z.ZodType = z.lazy(() => z.array(lists))
const tooDeep = [{ code: 'too_deep', path: [] }]

describe.each([5000, 100_000])('%i levels', (depth) => {
  it('of a value are an issue for a compiled schema', async () => {
    for (const mode of ['compiled', 'interpreted'] as const) {
      const schema = compile(lists, { mode })
      const value = nested(depth)
      expect([schema.is(value), schema.check(value)]).toMatchObject([false, { ok: false, issues: tooDeep }])
      expect(await schema.checkAsync(value)).toMatchObject({ ok: false, issues: tooDeep })
      expect(await schema['~standard'].validate(value)).toEqual({
        issues: [expect.objectContaining(tooDeep[0] as object)],
      })
      expect(() => schema.parse(value)).toThrow(expect.objectContaining({ code: 'invalid_value' }))
    }
  })

  it('of a value are an issue for a document', async () => {
    const { is, check } = await fromJsonSchema({ items: { $ref: '#' } })
    expect([is(nested(depth)), check(nested(depth))]).toMatchObject([false, { ok: false, issues: tooDeep }])
    const unique = await fromJsonSchema({ uniqueItems: true })
    expect(unique.check([nested(depth), nested(depth)])).toMatchObject({ ok: false, issues: tooDeep })
  })

  it('of a document are refused, by an error with a code', async () => {
    const code = expect.objectContaining({ code: 'invalid_json_schema' }) as unknown
    await expect(fromJsonSchema(nestedDocument(depth))).rejects.toEqual(code)
    await expect(fromJsonSchema({ const: nested(depth) })).rejects.toEqual(code)
    expect(() => compareSchemas(nestedDocument(depth), nestedDocument(depth), 'input')).toThrow(code as Error)
    for (const dialect of dialects) {
      expect(() => toJsonSchema({ type: 'object', properties: { a: nestedDocument(depth) } }, { dialect })).toThrow(
        expect.objectContaining({ code: 'unrepresentable_schema' }),
      )
    }
  })

  it('of an example are looked into as far as a schema goes', () => {
    expect(inferSchema([nested(depth)]).safeParse(nested(depth)).success).toBe(true)
  })
})

describe('5000 levels of a zod schema', () => {
  it('have no JSON Schema', () => {
    const schema = nested(5000, z.string(), (inner) => z.array(inner as z.ZodType)) as z.ZodType
    expect(() => toJsonSchema(schema)).toThrow(
      'The schema has no draft 2020-12 form: at the root, it is nested too deeply.',
    )
  })
})

describe('a value that holds itself', () => {
  const circle: unknown[] = []
  circle.push(circle)

  it('passes where zod goes around it, and is too deep for a document', async () => {
    expect(compile(lists).is(circle)).toBe(lists.safeParse(circle).success)
    expect((await fromJsonSchema({ items: { $ref: '#' } })).check(circle)).toMatchObject({ ok: false, issues: tooDeep })
  })
})

describe('an error that is not about depth', () => {
  it('is thrown: a refinement that never ends', () => {
    const endless = (): boolean => endless()
    const { check, is } = compile(z.object({ a: z.string().refine(endless) }))
    for (let call = 0; call < 2; call += 1) {
      expect(() => check({ a: 'x' })).toThrow(RangeError)
      expect(() => is({ a: 'x' })).toThrow(RangeError)
    }
  })

  it('is thrown: a document that leads back to itself by what is dynamic only', async () => {
    const inner = { $id: 'https://x.example/inner', $dynamicAnchor: 'a', $dynamicRef: '#a' }
    const document = { $id: 'https://x.example/outer', $dynamicAnchor: 'a', $ref: 'inner', $defs: { inner } }
    const { is, check } = await fromJsonSchema(document)
    const error = expect.objectContaining({
      code: 'invalid_json_schema',
      message:
        'The document is not a valid JSON Schema: at #, it leads back to itself about the same value, which never ends.',
    }) as Error
    expect(() => is(1)).toThrow(error)
    expect(() => check(1)).toThrow(error)
  })
})

describe('compile, for a transform that gives a promise', () => {
  const later = z.object({ a: z.string().transform((text) => Promise.resolve(text)) })

  it('waits, or says that it has to', async () => {
    const schema = compile(later)
    for (let call = 0; call < 3; call += 1) {
      expect(() => schema.check({ a: 'x' })).toThrow(
        'This schema waits for a promise. Use "checkAsync" or "parseAsync".',
      )
      expect(await schema.parseAsync({ a: 'x' })).toEqual({ a: 'x' })
    }
  })

  it('goes on checking values that need not wait', () => {
    const schema = compile(z.union([z.int(), later]))
    expect(schema.check(5)).toEqual({ ok: true, value: 5 })
    expect(() => schema.check({ a: 'x' })).toThrow(TypeError)
    expect([schema.check(5), schema.is(5)]).toEqual([{ ok: true, value: 5 }, true])
  })
})
