import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineModel } from './define-model.ts'
import { adaptType } from './define-root-model.ts'
import { field } from './field.ts'
import type { InvalidModelError } from './invalid-model-error.ts'
import type { BaseModel } from './model.ts'

function errorOf(model: Pick<BaseModel, 'check'>, data: unknown): InvalidModelError {
  const verdict = model.check(data)
  if (verdict.ok) throw new Error('Nothing was wrong.')
  return verdict.error
}

/** The lines of the problems. */
function linesOf(schema: z.ZodType, data: unknown): string[] {
  return errorOf(adaptType(schema), data).message.split('\n- ').slice(1)
}

describe('a problem', () => {
  const node: z.ZodType = z.object({ value: z.number(), next: z.lazy(() => node.optional()) })

  it.each<[z.ZodType, unknown, string[]]>([
    [z.tuple([z.string(), z.number()]), ['a'], ['the whole: expected at least 2 items, received an array of 1 item.']],
    [
      z.set(z.number()),
      new Set(['a', 'b']).add('c'),
      Array<string>(3).fill('the whole: expected a number for each item, received a set of 3 items.'),
    ],
    [z.set(z.number()).min(2), new Set([1]), ['the whole: expected at least 2 items, received a set of 1 item.']],
    [
      z.map(z.string(), z.number()),
      new Map<unknown, unknown>([
        ['a', 'x'],
        [1, 1],
        [{}, 'q'],
      ]),
      [
        'a: expected a number, received a string ("x").',
        '[1]: expected a string, received a number (1).',
        'the whole: expected another key (a string), received another key.',
        'the whole: expected a number, received an entry with another value.',
      ],
    ],
    [
      z.record(z.string().max(2), z.number()),
      { abc: 1, d: 'x' },
      [
        'abc: expected another key (at most 2 characters), received the key "abc".',
        'd: expected a number, received a string ("x").',
      ],
    ],
    [z.number(), Number.NaN, ['the whole: expected a finite number, received a number (NaN).']],
    [z.date(), new Date(Number.NaN), ['the whole: expected a valid date, received an invalid date.']],
    [
      z.date().min(new Date(0)),
      new Date(-1),
      ['the whole: expected a date from 1970-01-01T00:00:00.000Z, received a date (1969-12-31T23:59:59.999Z).'],
    ],
    [z.literal([1n, true]), 3, ['the whole: expected 1 or true, received a number (3).']],
    [
      node,
      { value: 1, next: { valeu: 2 } },
      ['next.value: expected a number, received nothing. Did you mean "valeu"?'],
    ],
    [
      z.strictObject({ name: z.string() }),
      { name: 'a', nmae: 'b' },
      ['nmae: expected a key of "name", received the unknown key "nmae". Did you mean "name"?'],
    ],
  ])('%# says what was expected and what came', (schema, data, lines) => {
    expect(linesOf(schema, data)).toEqual(lines)
  })

  it.each<[z.ZodType, unknown, string[]]>([
    [
      z.union([z.object({ a: z.string(), n: z.number() }), z.object({ b: z.string() })]),
      { a: 1, n: '2' },
      ['a: expected a string, received a number (1).', 'n: expected a number, received a string ("2").'],
    ],
    [
      z.union([
        z.object({ kind: z.literal('cat'), lives: z.int() }),
        z.object({ kind: z.literal('dog'), name: z.string(), age: z.int() }),
      ]),
      { kind: 'dog', lives: 9 },
      ['name: expected a string, received nothing.', 'age: expected a number, received nothing.'],
    ],
    [z.union([z.string(), z.number()]), true, ['the whole: expected a string or a number, received a boolean (true).']],
  ])('%# of a union is that of the option which was meant', (schema, data, lines) => {
    expect(linesOf(schema, data)).toEqual(lines)
  })

  it('shows what the author of the schema has to say, in one line', () => {
    const schema = z.object({
      name: z.string().min(1, 'Please give\n a name.'),
      isbn: z.string().refine(() => false, { error: 'Invalid isbn', params: { type: 'isbn' } }),
      long: z.string().refine(() => false, 'x'.repeat(1000)),
      bare: z.string().refine(() => false),
    })
    expect(linesOf(schema, { name: '', isbn: 'a', long: 'b', bare: 'c' })).toEqual([
      'name: Please give a name (received a string ("")).',
      'isbn: expected a valid isbn, received a string ("a").',
      `long: ${'x'.repeat(300)}… (received a string ("b")).`,
      'bare: expected a valid value, received a string ("c").',
    ])
  })

  it('cuts long keys, and names no key over several lines', () => {
    expect(linesOf(z.record(z.string(), z.number()), { ['k'.repeat(1e6)]: 'q', 'a\nb': 'q' })).toEqual([
      `["${'k'.repeat(60)}"…]: expected a number, received a string ("q").`,
      '["a\\nb"]: expected a number, received a string ("q").',
    ])
  })

  it('stands for data that throws when it is read again', () => {
    let reads = 0
    const data = {
      get a(): string {
        if (reads++ > 0) throw new Error('a trap')
        return 'x'
      },
    }
    expect(linesOf(z.object({ a: z.number() }), data)).toEqual(['a: expected a number, received nothing.'])
  })
})

describe('a secret', () => {
  it('shows neither by its value, a message of the schema, nor what it is near to', () => {
    const Login = defineModel('Login', {
      pin: field(
        z.string().refine(() => false, { error: ({ input }) => `${String(input)} is wrong` }),
        { secret: true },
      ),
      kind: field(z.enum(['hunter', 'gatherer']), { secret: true }),
      list: field(z.array(z.string().max(1)), { secret: true }),
      both: z.union([z.number(), z.string().max(1).meta({ secret: true })]),
      map: z.map(z.string(), z.object({ code: z.string().max(1).meta({ secret: true }) })),
      password: z.string().max(1, 'Too long.'),
    })
    const hidden = 'hunter2'
    const data = {
      pin: hidden,
      kind: hidden,
      list: [hidden],
      both: hidden,
      map: new Map([['a', { code: hidden }]]),
      password: hidden,
    }
    const error = errorOf(Login, data)
    expect(error.message.split('\n').slice(1)).toEqual([
      '- pin: expected a valid value, received [redacted].',
      '- kind: expected "hunter" or "gatherer", received [redacted].',
      '- list[0]: expected at most 1 character, received [redacted].',
      '- both: expected at most 1 character, received [redacted].',
      '- map.a.code: expected at most 1 character, received [redacted].',
      '- password: Too long (received [redacted]).',
    ])
    expect(JSON.stringify([error, error.details, error.toPrompt()])).not.toContain(hidden)
  })
})

describe('problems by the ten thousand', () => {
  it('are all told', () => {
    const data = Array.from({ length: 20_000 }, () => ({ b: 1 }))
    expect(errorOf(adaptType(z.array(z.object({ a: z.number() }))), data).problems).toHaveLength(20_000)
  })

  it('have suggestions as far as that takes no long time', () => {
    const fields = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`field${index}`, z.number()]))
    const data = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`feild${index}`, 1]))
    const { problems } = errorOf(defineModel('Wide', fields), data)
    expect(problems.map(({ suggestion }) => suggestion !== undefined).filter(Boolean)).toHaveLength(25)
    expect(problems[7]?.suggestion).toBe('feild7')
  })
})
