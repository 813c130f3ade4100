import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineGenericModel } from './define-generic-model.ts'
import { defineModel } from './define-model.ts'
import { adaptType, defineRootModel } from './define-root-model.ts'
import { defineUnion } from './define-union.ts'
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

describe('defineUnion', () => {
  const Cat = defineModel('Cat', { kind: z.literal('cat'), lives: field(z.int(), { alias: 'n' }) })
  const Dog = defineModel('Dog', { kind: z.enum(['dog', 'puppy']), name: z.string() })
  const Pet = defineUnion('Pet', 'kind', [Cat, Dog])

  it('finds the model by the literal', () => {
    expect(Pet.parse({ kind: 'cat', lives: 9 })).toEqual({ kind: 'cat', lives: 9 })
    expect(Pet.parse({ kind: 'puppy', name: 'Rex' })).toEqual({ kind: 'puppy', name: 'Rex' })
    expect(Pet.serialize(Pet.parse({ kind: 'cat', n: 9 }))).toEqual({ kind: 'cat', n: 9 })
    expect(() => Pet.parse({ kind: 'dog' })).toThrow('- name: expected a string, received nothing.')
  })

  it('says which kinds there are', () => {
    expect(() => Pet.parse({ kind: 'dgo' })).toThrow(
      'The data is no Pet: 1 problem.\n- kind: expected "cat", "dog" or "puppy", received a string ("dgo"). Did you mean "dog"?',
    )
  })

  it('is a field of a model', () => {
    const Owner = defineModel('Owner', { pets: z.array(Pet.schema) })
    expect(() => Owner.parse({ pets: [{ kind: 'cat' }] })).toThrow('- pets[0].n: expected a number, received nothing.')
  })

  it.each([
    [['Pet', '', [Cat]], 'defineUnion: "discriminator" must be the key of a field, got a string ("").'],
    [['Pet', 'kind', []], 'defineUnion: "models" must be a list of models, got an empty array.'],
    [['Pet', 'name', [Dog]], 'defineUnion: "models" must each have a literal as "name", got Dog without one.'],
    [
      ['Pet', 'kind', [Cat, Cat]],
      'defineUnion: "models" must have different literals as "kind", got "cat" in Cat and Cat.',
    ],
  ])('refuses %o', (args, message) => {
    expect(() => defineUnion(...(args as [never, never, never]))).toThrow(new TypeError(message))
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
