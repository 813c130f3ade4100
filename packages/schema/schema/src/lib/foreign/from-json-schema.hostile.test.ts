import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../json-schema.ts'
import { fromJsonSchema, type FromJsonSchemaOptions } from './from-json-schema.ts'

async function accepts(document: JsonSchema, value: unknown): Promise<boolean> {
  const validator = await fromJsonSchema(document)
  const verdict = validator.check(value)
  expect(verdict.ok).toBe(validator.is(value))
  // A refusal says why.
  expect(verdict.ok || verdict.issues.length > 0).toBe(true)
  return verdict.ok
}

async function refusal(document: unknown, options?: FromJsonSchemaOptions): Promise<string> {
  return fromJsonSchema(document as JsonSchema, options).then(
    () => 'taken',
    (error: Error) => `${error.name}: ${error.message}`,
  )
}

async function refusalOf(resolve: FromJsonSchemaOptions['resolve']): Promise<string> {
  return refusal({ $ref: 'http://x.example/' }, { resolve })
}

/** Nodes of a tree, of three kinds that are told apart only behind their children. */
const nodes = {
  oneOf: ['a', 'b', 'c'].map((kind) => ({
    type: 'object',
    properties: { child: { $ref: '#' }, kind: { const: kind } },
    required: ['kind'],
  })),
}

function nested(depth: number, innermost: unknown): unknown {
  let value = innermost
  for (let level = 0; level < depth; level += 1) value = { kind: 'c', child: value }
  return value
}

describe('values that are no JSON', () => {
  it.each<[string, JsonSchema, unknown, boolean]>([
    ['NaN is a multiple of nothing', { multipleOf: 2 }, NaN, false],
    ['Infinity is a multiple of nothing', { multipleOf: 0.1 }, Infinity, false],
    ['NaN is not null', { enum: [null, {}] }, NaN, false],
    ['a bigint is no number', { enum: [1, {}] }, 1n, false],
    ['bigints are told apart', { uniqueItems: true }, [{ a: 1n }, { a: 2n }], true],
    ['a symbol is no text', { enum: ['x', {}] }, Symbol('x'), false],
    // oxlint-disable-next-line no-sparse-arrays -- the gap is the point
    ['a gap is an item', { const: [1] }, [,], false],
    // oxlint-disable-next-line no-sparse-arrays -- the gap is the point
    ['a gap is no end', { enum: [[], {}] }, [,], false],
    ['-0 is 0', { enum: [0, {}] }, -0, true],
    ['what is inherited is not there', { required: ['toString'] }, {}, false],
    ['nor is the prototype', { required: ['__proto__'] }, {}, false],
  ])('%s', async (_, document, value, expected) => {
    expect(await accepts(document, value)).toBe(expected)
  })

  it('judges properties named like those of every object', async () => {
    const document = JSON.parse(
      '{"properties":{"__proto__":{"type":"number"}},"additionalProperties":false}',
    ) as JsonSchema
    expect(await accepts(document, JSON.parse('{"__proto__":1}'))).toBe(true)
    expect(await accepts(document, JSON.parse('{"__proto__":"1"}'))).toBe(false)
    expect(await accepts(document, JSON.parse('{"constructor":1}'))).toBe(false)
  })
})

describe('alternatives in deep values', () => {
  it('takes a deep value in', async () => {
    expect(await accepts(nodes, nested(60, { kind: 'a' }))).toBe(true)
  })

  it('refuses a deep value, with the reasons, in the time of its size', async () => {
    expect(await accepts(nodes, nested(60, { kind: 'x' }))).toBe(false)
  })
})

describe('documents that are no JSON', () => {
  it('does not see members that are undefined', async () => {
    expect(await accepts({ const: undefined, minimum: undefined, if: undefined }, 1)).toBe(true)
  })

  it('reads a part that stands in two places as two', async () => {
    const shared = { $ref: 'x' }
    const document = {
      $id: 'http://a.example/',
      properties: { a: shared, other: { $id: 'http://b.example/', properties: { b: shared } } },
    }
    const validator = await fromJsonSchema(document, { resolve: (uri) => ({ const: uri }) })
    expect(validator.is({ a: 'http://a.example/x', other: { b: 'http://b.example/x' } })).toBe(true)
    expect(validator.is({ other: { b: 'http://a.example/x' } })).toBe(false)
  })

  it('refuses what JSON has no form for, with the place', async () => {
    expect(await refusal({ properties: { a: { const: () => 1 } } })).toBe(
      'InvalidJsonSchemaError: The document is not a valid JSON Schema: at #/properties/a/const, expected JSON data, got a function.',
    )
  })

  it('refuses the same from resolve, with the address', async () => {
    const endless: Record<string, unknown> = {}
    endless['not'] = endless
    expect(await refusalOf(() => ({ const: () => 1 }))).toBe(
      'InvalidJsonSchemaError: The document is not a valid JSON Schema: at http://x.example/#/const, expected JSON data, got a function.',
    )
    expect(await refusalOf(() => endless)).toBe(
      'InvalidJsonSchemaError: The document is not a valid JSON Schema: at http://x.example/#, it is nested too deeply to be read.',
    )
  })

  it('refuses options that it does not know, and callbacks that are none', async () => {
    expect(await refusal({}, { resolver: 1 } as never)).toBe(
      'TypeError: "options" has no key "resolver". Did you mean "resolve"?',
    )
    expect(await refusal({}, { resolve: 5 } as never)).toBe(
      'TypeError: "options.resolve" must be a function, got a number (5).',
    )
  })

  it('is aborted also by resolve itself', async () => {
    const controller = new AbortController()
    const resolve = (): Promise<never> => {
      controller.abort(new Error('enough'))
      return new Promise(() => {})
    }
    expect(await refusal({ $ref: 'http://x.example/' }, { resolve, signal: controller.signal })).toBe('Error: enough')
  })
})

describe('documents that are dropped', () => {
  it('leave nothing behind, under one $id too', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const held = async (from: number, count: number): Promise<number> => {
      for (let index = from; index < from + count; index += 1) {
        const name = `${index} ${'x'.repeat(10_000)}`
        const document = {
          $id: 'https://example.com/one',
          $dynamicAnchor: 'node',
          properties: { [name]: { const: index } },
        }
        const validator = await fromJsonSchema(document)
        if (!validator.is({ [name]: index })) throw new Error(`document ${index} refuses its own value`)
      }
      // V8 itself holds the shapes of objects, with their names, for some collections more.
      for (let round = 0; round < 4; round += 1) collect()
      return process.memoryUsage().heapUsed
    }
    const before = await held(0, 100)
    // Kept, each document would hold 10 KB of text.
    expect((await held(100, 500)) - before).toBeLessThan(2_000_000)
  })
})
