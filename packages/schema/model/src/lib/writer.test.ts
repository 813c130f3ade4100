import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { computed } from './computed.ts'
import { defineModel } from './define-model.ts'
import { adaptType } from './define-root-model.ts'
import { field } from './field.ts'

const Item = defineModel('Item', { price: field(z.bigint(), { alias: 'p' }) }, { coercion: 'safe' })

const Order = defineModel(
  'Order',
  {
    at: field(z.date(), { alias: 'created_at' }),
    items: z.array(Item.schema),
    tags: z.set(z.string()),
    counts: z.map(z.string(), z.number()),
    link: z.codec(z.url(), z.instanceof(URL), { decode: (text) => new URL(text), encode: (url) => url.href }),
    any: z.any(),
  },
  {
    coercion: 'safe',
    computed: { size: computed(z.number(), ({ items }: { readonly items: readonly unknown[] }) => items.length) },
  },
)

const data = {
  created_at: '2026-01-31T12:00:00.000Z',
  items: [{ p: '12' }],
  tags: ['a'],
  counts: [['a', 1]],
  link: 'https://example.com/',
  any: { deep: ['x', null] },
}

describe('serialize', () => {
  it('writes JSON data by the aliases, which parse takes again', () => {
    const order = Order.parse(data)
    expect(order.at).toEqual(new Date('2026-01-31T12:00:00Z'))
    expect(Order.serialize(order)).toEqual({ ...data, size: 1 })
    expect(Order.serialize(order, { computed: false })).toEqual(data)
    expect(Order.parse(JSON.parse(JSON.stringify(Order.serialize(order))))).toEqual(order)
  })

  it('writes by the names of fields', () => {
    expect(Item.serialize(Item.create({ price: 12n }), { keys: 'name' })).toEqual({ price: '12' })
  })

  it('writes a model wherever it stands', () => {
    const described = adaptType(z.record(z.string(), Item.schema.describe('one').nullable()))
    expect(described.serialize({ a: Item.create({ price: 1n }), b: null })).toEqual({ a: { p: '1' }, b: null })
  })

  it('keeps the order of keys and goes to any depth', () => {
    let deep: unknown = { b: 1, a: 2 }
    for (let level = 0; level < 20_000; level++) deep = [deep]
    const written = adaptType(z.any()).serialize(deep)
    let inner: unknown = written
    while (Array.isArray(inner)) [inner] = inner as [unknown]
    expect(Object.keys(inner as object)).toEqual(['b', 'a'])
  })

  it('refuses what is no instance', () => {
    expect(() => Item.serialize(3 as never)).toThrow(
      new TypeError('serialize: "instance" must be an instance of the model, got a number (3).'),
    )
  })
})
