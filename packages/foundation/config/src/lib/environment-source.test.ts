import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { environmentSource } from './environment-source.ts'
import type { JsonSchema } from './json-schema.ts'

const { signal } = new AbortController()

async function load(variables: Record<string, string | undefined>, schema?: z.ZodType, below = {}): Promise<unknown> {
  const jsonSchema =
    schema === undefined ? {} : (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
  return (await environmentSource('SHOP_', { variables }).load({ signal, jsonSchema, below })).values
}

describe('environmentSource', () => {
  it('goes one level down at two underscores, and takes no other variables', async () => {
    const variables = {
      SHOP_DATABASE__POOL_SIZE: 'x',
      SHOP_NAME: 'y',
      PATH: '/bin',
      SHOPPING: 'z',
      SHOP_GONE: undefined,
    }
    await expect(load(variables)).resolves.toEqual({ database: { poolSize: 'x' }, name: 'y' })
  })

  it('matches names to the keys of the schema, whatever their case and joints', async () => {
    const schema = z.object({ 'pool-size': z.string(), apiURL: z.string(), snake_case: z.string() })
    const variables = { SHOP_POOL_SIZE: 'a', SHOP_API_URL: 'b', SHOP_SNAKE_CASE: 'c' }
    await expect(load(variables, schema)).resolves.toEqual({ 'pool-size': 'a', apiURL: 'b', snake_case: 'c' })
  })

  it('matches names to the keys that are already there', async () => {
    const variables = { SHOP_MODELS__GPT_4__PRICE: '3' }
    const below = { models: { 'gpt-4': { price: 2 } } }
    await expect(load(variables, undefined, below)).resolves.toEqual({ models: { 'gpt-4': { price: 3 } } })
  })

  it.each([
    [z.string(), '5', '5'],
    [z.string(), '', ''],
    [z.number(), ' 2.5e3 ', 2500],
    [z.number(), '-0', -0],
    [z.int(), '5', 5],
    [z.number(), '0x10', '0x10'],
    [z.number(), '', ''],
    [z.number(), '1e999', '1e999'],
    [z.number(), 'NaN', 'NaN'],
    [z.boolean(), 'TRUE', true],
    [z.boolean(), '0', false],
    [z.boolean(), 'perhaps', 'perhaps'],
    [z.stringbool(), 'true', 'true'],
    [z.coerce.boolean(), 'false', false],
    [z.union([z.string(), z.number()]), '5', '5'],
    [z.number().nullable(), 'null', null],
    [z.literal(5), '5', 5],
    [z.enum(['a', 'b']), 'a', 'a'],
    [z.array(z.string()), 'a, b,c', ['a', 'b', 'c']],
    [z.array(z.number()), '1,2', [1, 2]],
    [z.array(z.number()), '[1, 2]', [1, 2]],
    [z.array(z.string()), '', []],
    [z.array(z.string()), '[1,', '[1,'],
    [z.object({ a: z.number() }), '{"a": 1}', { a: 1 }],
    [z.object({ a: z.number() }), 'a', 'a'],
    [z.date(), '2026-01-01', '2026-01-01'],
  ])('converts a text as the schema asks: %#', async (schema, text, value) => {
    await expect(load({ SHOP_KEY: text }, z.object({ key: schema }))).resolves.toEqual({ key: value })
  })

  it('converts a text as the value that it replaces, where no schema says', async () => {
    const below = { port: 1, debug: false, name: 'x', tags: [1], none: null, limits: { a: 1 } }
    const variables = {
      SHOP_PORT: '80',
      SHOP_DEBUG: 'true',
      SHOP_NAME: '5',
      SHOP_TAGS: '2,3',
      SHOP_NONE: '1',
      SHOP_LIMITS: '{"b":2}',
    }
    await expect(load(variables, undefined, below)).resolves.toEqual({
      port: 80,
      debug: true,
      name: '5',
      tags: [2, 3],
      none: '1',
      limits: { b: 2 },
    })
  })

  it('lets a part override the whole', async () => {
    const schema = z.object({ database: z.object({ host: z.string(), port: z.number() }) })
    const variables = { SHOP_DATABASE__HOST: 'b', SHOP_DATABASE: '{"host":"a","port":1}' }
    await expect(load(variables, schema)).resolves.toEqual({ database: { host: 'b', port: 1 } })
  })

  it('names the variable that set a value', async () => {
    const variables = { SHOP_DATABASE__HOST: 'b', SHOP_TAGS: '["x"]' }
    const loaded = await environmentSource('SHOP_', { variables }).load({ signal, jsonSchema: {}, below: { tags: [] } })
    expect(loaded.locate?.(['database', 'host'])).toBe('SHOP_DATABASE__HOST')
    expect(loaded.locate?.(['database'])).toBe('SHOP_DATABASE__HOST')
    expect(loaded.locate?.(['tags', '0'])).toBe('SHOP_TAGS')
  })

  it('does not take a key for another that begins with it', async () => {
    const variables = { SHOP_DATABASE__HOST: 'b', SHOP_DATA__X: '1' }
    const loaded = await environmentSource('SHOP_', { variables }).load({ signal, jsonSchema: {}, below: {} })
    expect(loaded.locate?.(['data'])).toBe('SHOP_DATA__X')
    expect(loaded.locate?.(['dat'])).toBeUndefined()
  })

  it('refuses a variable that is no text', async () => {
    await expect(load({ SHOP_PORT: 80 as never })).rejects.toThrow('Expected a text, received a number (80).')
  })

  it('refuses two variables for one key', async () => {
    const schema = z.object({ poolSize: z.number() })
    await expect(load({ SHOP_POOL_SIZE: '1', SHOP_POOLSIZE: '2' }, schema)).rejects.toThrow(
      'Expected one variable for poolSize, received SHOP_POOLSIZE and SHOP_POOL_SIZE.',
    )
  })

  it.each(['SHOP_', 'SHOP___A', 'SHOP_A__'])('refuses the name %s', async (name) => {
    await expect(load({ [name]: '1' })).rejects.toThrow(
      `Expected names such as SHOP_SECTION__KEY, received the variable ${name}.`,
    )
  })

  it('does not reach prototypes', async () => {
    const values = (await load({ SHOP_CONSTRUCTOR__PROTOTYPE__X: '1', SHOP_TO_STRING: '2' })) as object
    expect(Object.keys(values)).toEqual(['constructor', 'toString'])
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })

  it('refuses wrong arguments', () => {
    expect(() => environmentSource('')).toThrow(
      'prefix must be a string that is not empty, such as "SHOP_", got a string ("").',
    )
    expect(() => environmentSource('A_', { variables: 3 as never })).toThrow(
      'variables must be an object, got a number (3).',
    )
    expect(() => environmentSource('A_', null as never)).toThrow(new TypeError('options must be an object, got null.'))
  })
})
