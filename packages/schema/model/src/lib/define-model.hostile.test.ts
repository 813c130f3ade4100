import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { computed } from './computed.ts'
import { defineModel } from './define-model.ts'
import { adaptType } from './define-root-model.ts'
import { field } from './field.ts'
import type { Model } from './model.ts'

const Aliased = defineModel('Aliased', { a: field(z.string(), { alias: 'x' }) }, { unknownKeys: 'allow' })

describe('a tree', () => {
  interface Tree {
    readonly value: number
    readonly children: readonly Tree[]
  }
  const Tree: Model<Tree, Tree> = defineModel(
    'Tree',
    {
      value: z.number(),
      get children() {
        return z.array(Tree.schema)
      },
    },
    { coercion: 'safe' },
  )
  const data = { value: 1, children: [{ value: 2, children: [] }] }

  it('is a model with a getter that names itself', () => {
    const tree = Tree.parse({ value: '1', children: [{ value: '2', children: [] }] })
    expect([tree, Tree.serialize(tree), Object.isFrozen(tree.children[0])]).toEqual([data, data, true])
    expect(() => Tree.parse({ value: 1, children: [{ valeu: 2, children: [] }] })).toThrow(
      '- children[0].value: expected a number, received nothing. Did you mean "valeu"?',
    )
    expect(JSON.stringify(Tree.toJsonSchema().schema)).toContain('"items":{"$ref":"#"}')
  })

  it.each([1000, 5000, 100_000])(
    'is refused where it is too deep to be checked, and never fails: %i levels',
    async (depth) => {
      let deep: unknown = { value: 1, children: [] }
      for (let level = 0; level < depth; level++) deep = { value: 1, children: [deep] }
      const Plain: Model<Tree, Tree> = defineModel('Plain', {
        value: z.number(),
        get children() {
          return z.array(Plain.schema)
        },
      })
      const message =
        'The data is no Plain: 1 problem.\n- the whole: expected a value that is less deeply nested, received an object.'
      for (const verdict of [Plain.check(deep), await Plain.checkAsync(deep)]) {
        const outcome = verdict.ok ? Plain.check(Plain.serialize(verdict.value)).ok : verdict.error.message
        expect([true, message]).toContain(outcome)
      }
      const List = adaptType(z.array(z.any()))
      const list = List.parse([deep])
      expect(List.serialize(Object.isFrozen(list) ? [] : list)).toEqual([])
    },
  )

  it('needs a schema from its getter', () => {
    const Wrong = defineModel('Wrong', {
      get next() {
        return field(z.string(), { alias: 'n' })
      },
    })
    expect(() => Wrong.parse({ next: 'a' })).toThrow(
      new TypeError(
        'defineModel: what the getter of "fields.next" gives must be a schema, got a field() with options.',
      ),
    )
  })
})

describe('names that objects inherit', () => {
  const Odd = defineModel('Odd', {
    constructor: z.string(),
    toString: z.string().optional(),
    hasOwnProperty: field(z.number(), { default: 1 }),
  })

  it('are fields like any other', () => {
    expect(Odd.parse({ constructor: 'a' })).toEqual({ constructor: 'a', hasOwnProperty: 1 })
    expect(() => Odd.parse({})).toThrow('- constructor: expected a string, received nothing.')
  })

  it('do not include "__proto__"', () => {
    expect(() => defineModel('P', { a: field(z.string(), { alias: '__proto__' }) })).toThrow(
      new TypeError(
        'defineModel: "fields.a": the alias must have another name than "__proto__": objects cannot have it safely.',
      ),
    )
    const changed = Aliased.update(
      Aliased.create({ a: 'b' }),
      JSON.parse('{"__proto__":{"polluted":1},"other":2}') as object,
    )
    expect([Object.keys(changed), 'polluted' in changed]).toEqual([['a', 'other'], false])
  })
})

describe('a check', () => {
  it.each([
    [async () => Promise.reject(new Error('unheard')), 'a promise (is an "await" missing?)'],
    [() => 0, 'a number (0)'],
    [() => '', 'a string ("")'],
    [() => ({ path: 'a' }), 'an object'],
    [() => [1], 'a number (1)'],
  ])('must not answer as %o does', (check, came) => {
    const message = `A check must give true or nothing, false, what was expected in words, or { message, path }, got ${came}.`
    const whole = defineModel('Whole', { a: z.string() }, { checks: [check as never] })
    const part = defineModel('Part', { a: field(z.string(), { check: check as never }) })
    expect(() => whole.parse({ a: 'b' })).toThrow(new TypeError(message))
    expect(() => part.parse({ a: 'b' })).toThrow(new TypeError(message))
  })

  it('may answer null, or several words', () => {
    const Fine = defineModel('Fine', { a: z.string() }, { checks: [() => null] })
    expect(Fine.parse({ a: 'b' })).toEqual({ a: 'b' })
    const Wrong = defineModel('Wrong', { a: z.string() }, { checks: [() => ['an x', { message: 'a y', path: 'a' }]] })
    expect(() => Wrong.parse({ a: 'b' })).toThrow(
      '- the whole: expected an x, received an object.\n- a: expected a y, received a string ("b").',
    )
  })
})

describe('a computed field', () => {
  it('that is a promise, or whose schema waits, is refused', async () => {
    const late = z.string().refine(async () => true)
    const Late = defineModel('Late', { a: z.string() }, { computed: { b: computed(late, () => 'x') } })
    const message = 'defineModel: the schema of "computed.b" must answer at once, got a promise.'
    expect(() => Late.parse({ a: 'b' })).toThrow(new TypeError(message))
    await expect(Late.parseAsync({ a: 'b' })).rejects.toThrow(new TypeError(message))
    const Given = defineModel(
      'Given',
      { a: z.string() },
      { computed: { b: computed(z.string(), (async () => 'x') as never) } },
    )
    expect(() => Given.parse({ a: 'b' })).toThrow(
      '- b: expected to be worked out as a string, received a promise (is an "await" missing?).',
    )
  })
})

describe('a field that waits and rejects', () => {
  it.each([
    ['a check', z.string().refine(() => Promise.reject(new Error('no network')))],
    [
      'a Standard Schema',
      { '~standard': { version: 1, vendor: 'own', validate: () => Promise.reject(new Error('no network')) } } as const,
    ],
  ])('rejects, and nothing goes unheard: %s', async (_, schema) => {
    const unheard: unknown[] = []
    const hear = (error: unknown): void => void unheard.push(error)
    process.on('unhandledRejection', hear)
    const Late = defineModel('Late', { a: schema as z.ZodType })
    for (let call = 0; call < 12; call++)
      await expect(Late['~standard'].validate({ a: 'b' })).rejects.toThrow('no network')
    const Misused = defineModel('Misused', { a: schema as z.ZodType })
    expect(() => Misused.parse({ a: 'b' })).toThrow('Use "checkAsync" or "parseAsync".')
    await new Promise((resolve) => void setImmediate(resolve))
    process.off('unhandledRejection', hear)
    expect(unheard).toEqual([])
  })

  it('may answer with any thenable', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- made to be one
    const foreign = { then: (settle: (result: unknown) => void) => settle({ issues: [{ message: 'no' }] }) }
    const Foreign = defineModel('Foreign', {
      a: { '~standard': { version: 1, vendor: 'own', validate: () => foreign as never } } as const,
    })
    await expect(Foreign.checkAsync({ a: 1 })).resolves.toMatchObject({ ok: false })
  })
})

describe('a default', () => {
  it('is no object that its author can change', () => {
    const given = { list: [1] }
    const Shared = defineModel('Shared', { a: field(z.object({ list: z.array(z.number()) }), { default: given }) })
    given.list.push(2)
    expect([Shared.parse({}), Object.isFrozen(given)]).toEqual([{ a: { list: [1] } }, false])
  })
})

describe('update', () => {
  it('takes the alias before the name, as parse does', () => {
    const both = { a: 'name', x: 'alias' }
    expect([Aliased.parse(both), Aliased.update(Aliased.create({ a: '' }), both as never)]).toEqual([
      { a: 'alias' },
      { a: 'alias' },
    ])
    const Strict = defineModel('Strict', { a: field(z.string(), { alias: 'x' }) }, { unknownKeys: 'forbid' })
    expect(() => Strict.update(Strict.create({ a: '' }), both as never)).toThrow('received the unknown key "a"')
  })

  it('removes an unknown key that is set to undefined', () => {
    const made = Aliased.parse({ a: 'b', other: 1 })
    expect(Object.keys(Aliased.update(made, { other: undefined } as never))).toEqual(['a'])
  })

  it('checks what is no instance', () => {
    expect(() => Aliased.update({ a: 5 } as never, {})).toThrow('- a: expected a string, received a number (5).')
    expect(Aliased.update(structuredClone(Aliased.create({ a: 'b' })), {})).toEqual({ a: 'b' })
  })
})

describe('a field by its name', () => {
  const Inner = defineModel('Inner', { pin: field(z.string().max(1), { alias: 'code', secret: true }) })
  const Outer = defineModel('Outer', { list: field(z.array(Inner.schema), { alias: 'items' }), more: Aliased })

  it('is told by its name, and stays a secret', () => {
    const data = { list: [{ pin: 'hunter2' }, { code: 'hunter2' }], more: { a: 7 } }
    const verdict = Outer.check(data)
    expect(verdict.ok ? [] : verdict.error.message.split('\n- ').slice(1)).toEqual([
      'list[0].pin: expected at most 1 character, received [redacted].',
      'list[1].code: expected at most 1 character, received [redacted].',
      'more.a: expected a string, received a number (7).',
    ])
  })
})

describe('serialize', () => {
  it('refuses circles, and takes what stands at several places', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    const Any = adaptType(z.any())
    expect(() => Any.serialize(circle)).toThrow(
      new TypeError('serialize: "instance" must not hold itself: JSON has no circles.'),
    )
    const part = { a: 1 }
    expect(Any.serialize([part, part, new Set([part])])).toEqual([part, part, [part]])
  })
})

describe('safe coercion', () => {
  it('of a union follows its discriminator, to any depth', () => {
    const expression: z.ZodType = z.lazy(() =>
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('not'), of: expression }),
        z.object({ kind: z.literal('neg'), of: expression }),
        z.object({ kind: z.literal('value'), of: z.number() }),
      ]),
    )
    let data: unknown = { kind: 'value', of: 'x' }
    for (let level = 0; level < 60; level++) data = { kind: level % 2 ? 'not' : 'neg', of: data }
    expect(adaptType(expression, { coercion: 'safe' }).check(data)).toMatchObject({ ok: false })
  })
})

describe('two models of one name', () => {
  it('do not know of each other', () => {
    const [One, Two] = [defineModel('Same', { a: z.string() }), defineModel('Same', { b: z.number() })]
    const Both = defineModel('Both', { one: One, two: Two })
    expect(Both.parse({ one: { a: 'x' }, two: { b: 1 } })).toEqual({ one: { a: 'x' }, two: { b: 1 } })
    expect(JSON.stringify(Both.toJsonSchema().schema)).toMatch(/"a":.*"b":/)
  })
})
