import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineModel } from './define-model.ts'
import { adaptType } from './define-root-model.ts'
import { defineUnion } from './define-union.ts'
import { field } from './field.ts'

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

describe('a union whose discriminator has an alias', () => {
  const Cat = defineModel(
    'Cat',
    { kind: field(z.literal('cat'), { alias: 'type' }), lives: z.int() },
    { unknownKeys: 'forbid' },
  )
  const Dog = defineModel('Dog', { species: field(z.literal('dog'), { alias: 'type' }), name: z.string() })
  const Pet = defineUnion('Pet', 'type', [Cat, Dog])

  const messageOf = (data: unknown): string => {
    const verdict = Pet.check(data)
    return verdict.ok ? 'ok' : (verdict.error.message.split('\n')[1] ?? '')
  }

  it('takes it by the alias, and by the name that it has in each model', () => {
    const made = [Pet.parse({ type: 'cat', lives: 9 }), Pet.parse({ kind: 'cat', lives: 9 })]
    expect(made).toEqual([
      { kind: 'cat', lives: 9 },
      { kind: 'cat', lives: 9 },
    ])
    expect(Pet.parse({ species: 'dog', name: 'Rex' })).toEqual({ species: 'dog', name: 'Rex' })
  })

  it('takes its own instances again, and what it has written of them', () => {
    for (const data of [
      { type: 'cat', lives: 9 },
      { type: 'dog', name: 'Rex' },
    ]) {
      const pet = Pet.parse(data)
      expect([Pet.parse(pet), Pet.parse(Pet.serialize(pet)), Pet.serialize(pet)]).toEqual([pet, pet, data])
      expect(Pet.parse(Pet.serialize(pet, { keys: 'name' }))).toEqual(pet)
    }
  })

  it('says what is wrong with the others', () => {
    expect(messageOf({ type: 'cow' })).toBe('- type: expected "cat" or "dog", received a string ("cow").')
    expect(messageOf({ kind: 'cat', lives: 'x' })).toBe('- lives: expected a number, received a string ("x").')
    expect(messageOf({ kind: 'cow' })).toBe('- type: expected "cat" or "dog", received nothing.')
  })

  it('is a part of others: of unions, models and lists', () => {
    const Cow = defineModel('Cow', { type: z.literal('cow') })
    const Animal = defineUnion('Animal', 'type', [Pet, Cow])
    const Farm = defineModel('Farm', { animals: z.array(Animal.schema), best: Pet })
    const farm = Farm.parse({
      animals: [{ type: 'cow' }, { kind: 'cat', lives: 1 }],
      best: { type: 'dog', name: 'Rex' },
    })
    expect(Farm.parse(farm)).toEqual(farm)
    expect(Farm.serialize(farm)).toEqual({
      animals: [{ type: 'cow' }, { type: 'cat', lives: 1 }],
      best: { type: 'dog', name: 'Rex' },
    })
  })
})

describe('a union with safe coercion', () => {
  const One = defineModel('One', { version: z.literal(1), size: z.number() }, { coercion: 'safe' })
  const Two = defineModel('Two', { version: z.literal(2), size: z.number() })

  it('finds a model by its literal in another type; the fields are coerced as their model says', () => {
    const Both = defineUnion('Both', 'version', [One, Two], { coercion: 'safe' })
    expect(Both.parse({ version: '1', size: '5' })).toEqual({ version: 1, size: 5 })
    expect(Both.parse({ version: '2', size: 5 })).toEqual({ version: 2, size: 5 })
    expect(Both.check({ version: '2', size: '5' }).ok).toBe(false)
    expect(defineUnion('Both', 'version', [One, Two]).check({ version: '1', size: 5 }).ok).toBe(false)
  })

  it('does so as a part of a type that is coerced', () => {
    const options = [
      z.object({ version: z.literal(1), size: z.number() }),
      z.object({ version: z.literal(true) }),
    ] as const
    const adapted = adaptType(z.discriminatedUnion('version', options), { coercion: 'safe' })
    expect(adapted.parse({ version: '1', size: '2' })).toEqual({ version: 1, size: 2 })
  })

  it('knows no other options', () => {
    expect(() => defineUnion('Both', 'version', [One, Two], { coersion: 'safe' } as never)).toThrow(
      new TypeError('defineUnion: "options" has no key "coersion". Did you mean "coercion"?'),
    )
  })
})
