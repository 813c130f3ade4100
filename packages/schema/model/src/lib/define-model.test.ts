import { contract } from '@empire/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { computed } from './computed.ts'
import { defineModel } from './define-model.ts'
import { field } from './field.ts'
import { InvalidModelError } from './invalid-model-error.ts'

const Address = defineModel('Address', {
  street: z.string(),
  zip: field(z.string().regex(/^\d{5}$/), { alias: 'zip_code' }),
})

const User = defineModel(
  'User',
  {
    first: z.string().min(1),
    last: z.string(),
    email: field(z.email(), { alias: 'e-mail' }),
    roles: field(z.array(z.enum(['admin', 'author'])), { default: [] }),
    address: z.optional(Address.schema),
  },
  {
    computed: {
      name: computed(
        z.string(),
        (user: { readonly first: string; readonly last: string }) => `${user.first} ${user.last}`,
      ),
    },
  },
)

const anna = { first: 'Anna', last: 'Smith', email: 'anna@example.com' }

/** What a call throws. */
function failureOf(call: () => unknown): InvalidModelError {
  try {
    call()
  } catch (error) {
    if (error instanceof InvalidModelError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

describe('create', () => {
  it('gives frozen plain data, with defaults and what is worked out', () => {
    const user = User.create({ ...anna, address: { street: 'Main St', zip: '12345' } })
    expect(user).toEqual({ ...anna, roles: [], address: { street: 'Main St', zip: '12345' }, name: 'Anna Smith' })
    expect([user, user.roles, user.address].every((part) => Object.isFrozen(part))).toBe(true)
    expect(JSON.parse(JSON.stringify(user))).toEqual(user)
  })

  it('tells all problems at once, in words', () => {
    const error = failureOf(() => User.create({ first: '', emial: 'anna@example.com', roles: ['autor'] } as never))
    expect(error.message).toBe(
      [
        'The data is no User: 4 problems.',
        '- first: expected at least 1 character, received a string ("").',
        '- last: expected a string, received nothing.',
        '- ["e-mail"]: expected a string, received nothing. Did you mean "emial"?',
        '- roles[0]: expected "admin" or "author", received a string ("autor"). Did you mean "author"?',
      ].join('\n'),
    )
    expect(error).toMatchObject({ code: 'invalid_model', model: 'User', name: 'InvalidModelError' })
    expect(error.problems[3]).toEqual({
      path: 'roles[0]',
      keys: ['roles', 0],
      expected: '"admin" or "author"',
      received: 'a string ("autor")',
      suggestion: 'author',
      message: 'expected "admin" or "author", received a string ("autor"). Did you mean "author"?',
    })
    expect(error.toPrompt()).toBe(
      `Your answer is not valid JSON for User: ${error.message.slice('The data is no User: '.length)}\n` +
        'Answer again with the whole JSON, corrected, and nothing else.',
    )
  })

  it('leaves the objects that it was given as they are', () => {
    const open = defineModel('Open', { any: z.any(), list: z.array(z.unknown()) })
    const given = { any: { a: [1] }, list: [{ b: 2 }] }
    const made = open.create(given)
    expect(made).toEqual(given)
    expect([given.any, given.any.a, given.list[0]].some((part) => Object.isFrozen(part))).toBe(false)
    expect(Object.isFrozen((made.any as typeof given.any).a)).toBe(true)
  })
})

describe('parse', () => {
  it('takes a field by its alias or its name, and its own instances again', () => {
    const user = User.parse({ ...anna, email: undefined, 'e-mail': anna.email })
    expect(user.email).toBe(anna.email)
    expect(User.parse(user)).toEqual(user)
    expect(User.parse(User.serialize(user))).toEqual(user)
  })

  it('does not look at what is worked out', () => {
    expect(User.parse({ ...anna, name: 42 }).name).toBe('Anna Smith')
  })

  it.each([[undefined], [null], ['text'], [[]], [7]])('refuses %o', (data) => {
    expect(failureOf(() => User.parse(data)).problems).toEqual([
      expect.objectContaining({ path: '', expected: 'an object' }),
    ])
  })

  it('does not pollute', () => {
    const Loose = defineModel('Loose', { a: z.string() }, { unknownKeys: 'allow' })
    const made = Loose.parse(JSON.parse('{"a":"b","__proto__":{"polluted":1}}'))
    expect((made as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('waits where a field does', async () => {
    const Free = defineModel('Free', { name: z.string().refine(async (name) => name !== 'taken', 'a free name') })
    expect(await Free.parseAsync({ name: 'anna' })).toEqual({ name: 'anna' })
    expect(await Free.checkAsync({ name: 'taken' })).toMatchObject({
      ok: false,
      error: { problems: [{ path: 'name', expected: 'a free name', received: 'a string ("taken")' }] },
    })
    expect(await Free['~standard'].validate({ name: 'anna' })).toEqual({ value: { name: 'anna' } })
    expect(() => Free.parse({ name: 'anna' })).toThrow(
      new TypeError('A field of Free waits for a promise. Use "checkAsync" or "parseAsync".'),
    )
  })
})

describe('check', () => {
  it('gives a verdict', () => {
    expect(Address.check({ street: 'a', zip_code: '12345' })).toEqual({
      ok: true,
      value: { street: 'a', zip: '12345' },
    })
    expect(Address.check({})).toMatchObject({ ok: false, error: { code: 'invalid_model' } })
  })

  it('says the same before and after the schema is compiled', () => {
    const messages = Array.from({ length: 30 }, () => {
      const verdict = Address.check({ street: 1, zip: '123' })
      return verdict.ok ? 'ok' : verdict.error.message
    })
    expect(new Set(messages).size).toBe(1)
  })
})

describe('unknown keys', () => {
  const fields = { name: z.string(), size: z.number().optional() }

  it('are left out, kept, or an error that says what was meant', () => {
    const data = { name: 'a', sise: 1 }
    expect(defineModel('A', fields).parse(data)).toEqual({ name: 'a' })
    expect(defineModel('A', fields, { unknownKeys: 'allow' }).parse(data)).toEqual(data)
    expect(failureOf(() => defineModel('A', fields, { unknownKeys: 'forbid' }).parse(data)).message).toBe(
      'The data is no A: 1 problem.\n' +
        '- sise: expected a key of "name" or "size", received the unknown key "sise". Did you mean "size"?',
    )
  })
})

describe('checks', () => {
  const Range = defineModel(
    'Range',
    {
      from: field(z.number(), { alias: 'start' }),
      to: field(z.number(), { check: (to) => to < 100 || 'a number below 100' }),
    },
    { checks: [({ from, to }) => from <= to || { message: 'at least "from"', path: 'to' }, ({ from }) => from !== 13] },
  )

  it('of a field and of the whole', () => {
    expect(Range.create({ from: 1, to: 2 })).toEqual({ from: 1, to: 2 })
    expect(failureOf(() => Range.create({ from: 1, to: 200 })).problems).toMatchObject([
      { path: 'to', expected: 'a number below 100', received: 'a number (200)' },
    ])
    expect(failureOf(() => Range.create({ from: 13, to: 2 })).problems).toMatchObject([
      { path: 'to', expected: 'at least "from"', received: 'a number (2)' },
      { path: '', expected: 'a valid Range' },
    ])
  })

  it('of the whole wait until all fields are right', () => {
    expect(failureOf(() => Range.create({ from: 'x', to: 2 } as never)).problems.map(({ path }) => path)).toEqual([
      'from',
    ])
  })

  it('are told by the key in data, where the field is meant', () => {
    const Named = defineModel(
      'Named',
      { from: field(z.number(), { alias: 'start' }) },
      { checks: [() => ({ message: 'never', path: 'from' })] },
    )
    expect(failureOf(() => Named.parse({ start: 1 })).problems).toMatchObject([
      { path: 'start', received: 'a number (1)' },
    ])
  })

  it('may throw, and are not silenced', () => {
    const cause = new Error('a bug')
    const Broken = defineModel(
      'Broken',
      { a: z.string() },
      {
        checks: [
          () => {
            throw cause
          },
        ],
      },
    )
    expect(() => Broken.parse({ a: 'b' })).toThrow(cause)
  })
})

describe('computed', () => {
  it('may stand on each other, and are checked', () => {
    const Box = defineModel(
      'Box',
      { width: z.number() },
      {
        computed: {
          area: computed(z.number(), ({ width }: { readonly width: number }) => width * width),
          label: computed(
            z.string().max(3),
            (box: { readonly width: number }) => `${(box as unknown as { area: number }).area} m²`,
          ),
        },
      },
    )
    expect(() => Box.create({ width: 2 })).toThrow(
      'label: expected to be worked out as at most 3 characters, received a string ("4 m²").',
    )
  })
})

describe('secrets', () => {
  const Login = defineModel('Login', {
    user: z.string(),
    pin: field(z.string().length(4), { secret: true }),
    password: z.string().min(20),
    nested: z.object({ code: z.number().meta({ secret: true }) }),
  })

  it('are in no message and no data of an error', () => {
    const error = failureOf(() =>
      Login.parse({ user: 'anna', pin: 'hunter2', password: 'correct horse', nested: { code: 'battery' } }),
    )
    const written = `${error.message} ${JSON.stringify(error)} ${error.toPrompt()} ${JSON.stringify(error.details)}`
    expect(written).not.toMatch(/hunter2|correct horse|battery/)
    expect(error.problems.map(({ path, received }) => `${path} ${received}`)).toEqual([
      'pin [redacted]',
      'password [redacted]',
      'nested.code [redacted]',
    ])
  })
})

describe('update', () => {
  it('gives a new instance, checked and worked out again', () => {
    const user = User.create(anna)
    const changed = User.update(user, { last: 'Jones' })
    expect([changed.name, user.name]).toEqual(['Anna Jones', 'Anna Smith'])
    expect(Object.isFrozen(changed)).toBe(true)
    expect(failureOf(() => User.update(user, { email: 'no' })).problems).toMatchObject([
      { path: 'email', expected: 'an email address', received: 'a string ("no")' },
    ])
  })

  it('does not run transforms again on what has not changed', () => {
    const Count = defineModel('Count', {
      words: z.string().transform((text) => text.split(' ').length),
      more: z.boolean(),
    })
    const counted = Count.create({ words: 'to be', more: false })
    expect(Count.update(counted, { more: true })).toEqual({ words: 2, more: true })
    expect(Count.update(counted, { words: 'a' })).toEqual({ words: 1, more: false })
  })

  it('runs the checks of the whole', () => {
    const Range = defineModel(
      'Range',
      { from: z.number(), to: z.number() },
      { checks: [({ from, to }) => from <= to || 'ordered'] },
    )
    expect(() => Range.update(Range.create({ from: 1, to: 2 }), { from: 3 })).toThrow('ordered')
  })

  it('gives the default where a field is set to undefined, and removes what is optional', () => {
    const user = User.create({ ...anna, roles: ['admin'], address: { street: 'a', zip: '12345' } })
    expect(User.update(user, { roles: undefined, address: undefined })).toEqual({
      ...anna,
      roles: [],
      name: 'Anna Smith',
    })
  })

  it('refuses unknown keys where the model does, and what is no object', () => {
    const Strict = defineModel('Strict', { a: z.number() }, { unknownKeys: 'forbid' })
    const made = Strict.create({ a: 1 })
    expect(() => Strict.update(made, { b: 1 } as never)).toThrow('received the unknown key "b"')
    expect(() => Strict.update(1 as never, {})).toThrow(
      new TypeError('update: "instance" must be an object, got a number (1).'),
    )
    expect(() => Strict.update(made, null as never)).toThrow(
      new TypeError('update: "changes" must be an object, got null.'),
    )
  })
})

describe('a model', () => {
  it('is a part of other models and schemas', () => {
    const Team = defineModel('Team', { lead: User, members: z.array(User.schema) })
    const team = Team.parse({ lead: { ...anna, 'e-mail': anna.email }, members: [anna] })
    expect(team.lead.name).toBe('Anna Smith')
    expect(failureOf(() => Team.parse({ lead: anna, members: [{ ...anna, email: 'no' }] })).problems).toMatchObject([
      { path: 'members[0].email', expected: 'an email address', received: expect.any(String) as string },
    ])
  })

  it('takes any Standard Schema as a field', () => {
    const even = {
      '~standard': {
        version: 1,
        vendor: 'own',
        validate: (value: unknown) =>
          typeof value === 'number' && value % 2 === 0 ? { value } : { issues: [{ message: 'an even number' }] },
      },
    } as const
    const Even = defineModel('Even', { value: even })
    expect(Even.parse({ value: 2 })).toEqual({ value: 2 })
    expect(failureOf(() => Even.parse({ value: 3 })).problems).toMatchObject([
      { path: 'value', expected: 'an even number', received: 'a number (3)' },
    ])
  })

  it('is the signature of a contract', () => {
    const greet = contract({ name: 'greet', input: User, output: z.string() }).implement((user) => `Hello ${user.name}`)
    expect(greet(anna)).toBe('Hello Anna Smith')
    const { email, ...rest } = anna
    expect(() => greet({ ...rest, emial: email } as never)).toThrow(
      'input["e-mail"]: expected a string, received nothing. Did you mean "emial"?',
    )
  })

  it('can be made at run time, and is as good', () => {
    const fields = Object.fromEntries(['a', 'b'].map((name) => [name, z.number()]))
    const Made = defineModel('Made', fields)
    expect(Made.parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 })
    expect(() => Made.parse({ a: 1 })).toThrow('b: expected a number, received nothing.')
  })
})

describe('defineModel', () => {
  it.each([
    [['', {}], 'defineModel: "name" must be a text of one line, got a string ("").'],
    [['A', []], 'defineModel: "fields" must be an object of schemas by name, got an empty array.'],
    [
      ['A', { a: 1 }],
      'defineModel: "fields.a" must be a schema (zod, a model, any Standard Schema), got a number (1).',
    ],
    [
      ['A', JSON.parse('{"__proto__":1}')],
      'defineModel: "fields.__proto__" must have another name than "__proto__": objects cannot have it safely.',
    ],
    [
      ['A', { a: field(z.string(), { alias: 'b' }), b: z.string() }],
      'defineModel: the key "b" belongs to the fields "b" and "a".',
    ],
    [['A', {}, null], 'defineModel: "options" must be an object, got null.'],
    [
      ['A', {}, { strict: true }],
      'defineModel: "options" has no key "strict". Known: description, unknownKeys, coercion, checks, computed.',
    ],
    [
      ['A', {}, { unknownKeys: 'drop' }],
      `defineModel: "unknownKeys" must be one of 'forbid', 'ignore', 'allow', got a string ("drop").`,
    ],
    [['A', {}, { coercion: true }], `defineModel: "coercion" must be one of 'none', 'safe', got a boolean (true).`],
    [['A', {}, { checks: {} }], 'defineModel: "checks" must be an array, got an object.'],
    [['A', {}, { checks: [1] }], 'defineModel: "checks[0]" must be a function, got a number (1).'],
    [['A', {}, { computed: { b: 1 } }], 'defineModel: "computed.b" must be made by computed(), got a number (1).'],
    [
      ['A', { b: z.string() }, { computed: { b: computed(z.string(), () => '') } }],
      'defineModel: "computed.b" must be a name that no field has.',
    ],
  ])('refuses %o', (args, message) => {
    expect(() => defineModel(...(args as [never, never]))).toThrow(new TypeError(message))
  })

  it.each([
    [[z.string(), 1], 'field: "options" must be an object, got a number (1).'],
    [[z.string(), { aliases: 'a' }], 'field: "options" has no key "aliases". Did you mean "alias"?'],
    [[z.string(), { alias: 1 }], 'field: "alias" must be a string, got a number (1).'],
    [[z.string(), { check: 1 }], 'field: "check" must be a function, got a number (1).'],
  ])('field refuses %o', (args, message) => {
    expect(() => field(...(args as [never, never]))).toThrow(new TypeError(message))
  })
})
