import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineGenericModel } from './define-generic-model.ts'
import { defineModel } from './define-model.ts'
import { adaptType, defineRootModel } from './define-root-model.ts'
import { field } from './field.ts'
import type { BaseModel } from './model.ts'

describe('defineRootModel', () => {
  const Tags = defineRootModel('Tags', z.array(z.string()), {
    checks: [(tags) => new Set(tags).size === tags.length || 'different tags'],
  })

  it('makes a model of a list or a scalar', () => {
    const tags = Tags.parse(['a', 'b'])
    expect([tags, Object.isFrozen(tags)]).toEqual([['a', 'b'], true])
    expect(Tags.serialize(tags)).toEqual(['a', 'b'])
    expect(() => Tags.parse(['a', 1])).toThrow(
      'The data is no Tags: 1 problem.\n- [1]: expected a string, received a number (1).',
    )
    expect(() => Tags.parse(['a', 'a'])).toThrow('- the whole: expected different tags, received an array of 2 items.')
    expect(defineRootModel('Age', z.int().min(0), { coercion: 'safe' }).parse('7')).toBe(7)
  })
})

describe('adaptType', () => {
  it('gives a bare type the functions of a model', () => {
    const numbers = adaptType(z.array(z.number()), { coercion: 'safe' })
    expect(numbers.parse(['1', 2])).toEqual([1, 2])
    expect(() => numbers.parse('x')).toThrow(
      'The data is no value: 1 problem.\n- the whole: expected an array, received a string ("x").',
    )
  })
})

describe('defineGenericModel', () => {
  const Page = defineGenericModel(<Item extends BaseModel>(Item: Item) =>
    defineModel(`Page<${Item.name}>`, { items: z.array(Item.schema as Item['schema']), next: z.string().nullable() }),
  )

  it('makes a model for each part, once', () => {
    const Word = defineRootModel('Word', z.string())
    expect(Page(Word)).toBe(Page(Word))
    expect(Page(Word).parse({ items: ['a'], next: null })).toEqual({ items: ['a'], next: null })
    expect(() => Page(Word).parse({ items: [1], next: null })).toThrow('The data is no Page<Word>')
  })

  it('refuses what is no function and no part', () => {
    expect(() => defineGenericModel(1 as never)).toThrow(
      new TypeError('defineGenericModel: "make" must be a function, got a number (1).'),
    )
    expect(() => Page('x' as never)).toThrow(
      new TypeError('defineGenericModel: the parts must be schemas or models, got a string ("x").'),
    )
  })
})

describe('a root model with safe coercion', () => {
  it('writes its models by their aliases', () => {
    const Cat = defineModel('Cat', { kind: field(z.literal('cat'), { alias: 'type' }), lives: z.int() })
    const Cats = defineRootModel('Cats', z.array(Cat.schema), { coercion: 'safe' })
    expect(Cats.serialize(Cats.parse([{ kind: 'cat', lives: 9 }]))).toEqual([{ type: 'cat', lives: 9 }])
  })

  it('knows no options of models with fields', () => {
    expect(() => defineRootModel('Texts', z.array(z.string()), { unknownKeys: 'forbid' } as never)).toThrow(
      new TypeError('defineRootModel: "options" has no key "unknownKeys". Known: description, coercion, checks.'),
    )
    expect(() => adaptType(z.string(), { coercion: 'unsafe' } as never)).toThrow(
      new TypeError(`adaptType: "coercion" must be one of 'none', 'safe', got a string ("unsafe").`),
    )
  })
})

describe('a root model in JSON Schema', () => {
  it('looks like its schema, on both sides', () => {
    const Tags = defineRootModel('Tags', z.array(z.string()).min(1))
    const form = { type: 'array', minItems: 1, items: { type: 'string' }, title: 'Tags' }
    for (const direction of ['input', 'output'] as const) {
      expect(Tags.toJsonSchema({ direction })).toMatchObject({ schema: form, losses: [] })
    }
  })

  it('may name itself', () => {
    const Tree: BaseModel = defineRootModel(
      'Tree',
      z.object({
        get children() {
          return z.array(Tree.schema)
        },
      }),
    )
    const tree = Tree.parse({ children: [{ children: [] }] })
    expect([Tree.serialize(tree), Object.isFrozen(tree)]).toEqual([tree, true])
  })
})
