import { fromJsonSchema } from '@empire/schema'
import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/draft-2020-12'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { measure } from '@empire/test-support/measure'
import type { Table } from './table.ts'

export const description =
  'Checking by a JSON Schema document of draft 2020-12: an order with ten items. ajv generates code, the others do not.'

const document = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: { type: 'string', minLength: 1, maxLength: 80 },
    email: { type: 'string', pattern: '@' },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    role: { enum: ['a', 'b', 'c'] },
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
  },
  required: ['id', 'name', 'items'],
  additionalProperties: false,
  $defs: {
    item: {
      type: 'object',
      properties: {
        sku: { type: 'string' },
        quantity: { type: 'integer', minimum: 1 },
        price: { type: 'number', exclusiveMinimum: 0 },
      },
      required: ['sku', 'quantity'],
    },
  },
}

const value = {
  id: 1,
  name: 'Ada',
  email: 'ada@example.org',
  tags: ['x', 'y', 'z'],
  role: 'b',
  items: Array.from({ length: 10 }, (_, index) => ({ sku: `s${index}`, quantity: index + 1, price: 1.5 })),
}

const address = 'https://example.com/bench'

async function ofHyperjump(): Promise<(value: never) => { valid: boolean }> {
  registerSchema(structuredClone(document) as never, address)
  const check = await validate(address)
  unregisterSchema(address)
  return check as never
}

export async function run({ quick }: { data?: string | undefined; quick: boolean }): Promise<Table[]> {
  const samples = quick ? 3 : 40
  const ours = await fromJsonSchema(document)
  const ajv = new Ajv2020({ strict: false }).compile(document)
  const hyperjump = await ofHyperjump()
  const checking = await measure(
    {
      '@empire/schema: is': () => ours.is(value),
      'ajv, generated code': () => ajv(value),
      '@hyperjump/json-schema': () => hyperjump(value as never),
    },
    { samples },
  )
  const building = await measure(
    {
      '@empire/schema: fromJsonSchema': () => fromJsonSchema(document),
      ajv: () => new Ajv2020({ strict: false }).compile(document),
      '@hyperjump/json-schema': ofHyperjump,
    },
    { samples: Math.min(samples, 10) },
  )
  return [tableOf('A value that fits, µs', checking), tableOf('Building a validator, µs', building)]
}

function tableOf(title: string, measured: Awaited<ReturnType<typeof measure>>): Table {
  return {
    title,
    columns: ['', 'median', 'ratio'],
    rows: measured.map(({ name, median, ratio }) => [name, (median * 1000).toFixed(2), ratio.toFixed(2)]),
  }
}
