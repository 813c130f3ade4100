import { EmpireError } from '@empire/errors'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import { ContractViolationError } from './contract-violation-error.ts'
import { each } from './each.ts'

const amount = z.object({ amount: z.number().positive(), currency: z.enum(['EUR', 'USD']).default('EUR') })
const receipt = z.object({ id: z.string() })

/** What a call throws or rejects with. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

function scale(this: { factor: number }, value: number, options: { offset: number }): number {
  return value * this.factor + options.offset
}

describe('implement: arguments', () => {
  it('gives the function what the schema gives', () => {
    const pay = contract({ name: 'pay', input: amount }).implement((input) => input)
    expect(pay({ amount: 3 })).toEqual({ amount: 3, currency: 'EUR' })
  })

  it('names the caller, the contract and every failing path', () => {
    const pay = contract({ name: 'pay', input: amount }).implement(() => 'paid')
    const call = (): unknown => pay({ amount: '3', currency: 'GBP' } as never)
    expect(call).toThrow(
      new ContractViolationError({
        contract: 'pay',
        party: 'caller',
        part: 'input',
        issues: [
          { path: ['amount'], message: 'Invalid input: expected number, received string' },
          { path: ['currency'], message: 'Invalid option: expected one of "EUR"|"USD"' },
        ],
      }),
    )
  })

  it('does not call the function for a wrong argument', () => {
    let calls = 0
    const pay = contract({ name: 'pay', input: amount }).implement(() => calls++)
    expect(() => pay({ amount: -1 })).toThrow(ContractViolationError)
    expect(calls).toBe(0)
  })

  it('takes a list of schemas, one for each argument, and tells the issues of all of them', async () => {
    const cut = contract({ name: 'cut', input: [z.string(), z.int(), z.int().optional()] }).implement(
      (text, from, to) => text.slice(from, to),
    )
    expect(cut('empire', 2)).toBe('pire')
    expect(cut('empire', 2, 4)).toBe('pi')
    expect(await failureOf(() => cut(1 as never, 0.5))).toMatchObject({
      issues: [{ path: [0] }, { path: [1] }],
      message:
        'The caller broke the contract "cut" by its input. Change the call.\n' +
        '- input[0]: Invalid input: expected string, received number\n' +
        '- input[1]: Invalid input: expected int, received number',
    })
  })

  it('passes what stands behind the arguments of the contract, and `this`', () => {
    const definition = contract({ name: 'scale', input: z.number() })
    const object = { factor: 2, scale: definition.implement(scale as OmitThisParameter<typeof scale>) }
    expect(object.scale(4, { offset: 1 })).toBe(9)
  })

  it('checks nothing where nothing is said', () => {
    const open = contract({ name: 'open' }).implement((context: string) => context)
    expect(open('whatever')).toBe('whatever')
  })

  it('waits for a schema that answers later', async () => {
    const free = z.string().refine(async (name) => name !== 'taken', 'must be free')
    const reserve = contract({ name: 'reserve', input: free }).implement(async (name) => `${name} is yours`)
    expect(await reserve('anna')).toBe('anna is yours')
    expect(await failureOf(() => reserve('taken'))).toMatchObject({
      party: 'caller',
      issues: [{ path: [], message: 'must be free' }],
    })
  })
})

describe('implement: results', () => {
  it('blames the function', async () => {
    const pay = contract({ name: 'pay', output: receipt }).implement(() => ({ id: 7 }) as never)
    expect(await failureOf(() => pay())).toMatchObject({
      name: 'ContractViolationError',
      code: 'contract_violation',
      party: 'callee',
      part: 'output',
      contract: 'pay',
      message:
        'The callee broke the contract "pay" by its output. Change the function, or what its contract says of the output.\n' +
        '- output.id: Invalid input: expected string, received number',
    })
  })

  it('checks what a promise gives, also of another make', async () => {
    const definition = contract({ name: 'pay', output: receipt })
    const pay = definition.implement(async (id: unknown) => ({ id, more: true }) as never)
    expect(await (pay as (id: unknown) => Promise<unknown>)('a')).toEqual({ id: 'a' })
    expect(await failureOf(() => (pay as (id: unknown) => unknown)(1))).toMatchObject({ party: 'callee' })
    // oxlint-disable-next-line unicorn/no-thenable -- made to be one
    const foreign = { then: (settle: (value: unknown) => void) => settle({ id: 2 }) }
    const thenable = definition.implement(() => foreign as never)
    expect(await failureOf(() => thenable())).toMatchObject({ party: 'callee' })
  })

  it('leaves a rejection as it is where errors are not declared', async () => {
    const cause = new Error('no network')
    const pay = contract({ name: 'pay', output: receipt }).implement(() => Promise.reject<{ id: string }>(cause))
    expect(await failureOf(() => pay())).toBe(cause)
  })
})

describe('implement: iterables', () => {
  const count = contract({ name: 'count', input: z.int(), output: each(z.number().max(2)) })

  it('checks the items of an async iterable as they are asked for, and closes it at a violation', async () => {
    const told: string[] = []
    const run = count.implement(async function* numbers(to) {
      try {
        for (let value = 0; value <= to; value++) {
          told.push(`made ${value}`)
          yield value
        }
      } finally {
        told.push('closed')
      }
    })
    const seen: number[] = []
    const failure = await failureOf(async () => {
      for await (const item of run(9)) seen.push(item)
    })
    expect(seen).toEqual([0, 1, 2])
    expect(told).toEqual(['made 0', 'made 1', 'made 2', 'made 3', 'closed'])
    expect(failure).toMatchObject({
      party: 'callee',
      part: 'output',
      issues: [{ path: [3], message: 'Too big: expected number to be <=2' }],
    })
  })

  it('closes the source when its reader stops', async () => {
    let closed = false
    const run = count.implement(async function* numbers() {
      try {
        yield 0
        yield 1
      } finally {
        closed = true
      }
    })
    for await (const item of run(1)) if (item === 0) break
    expect(closed).toBe(true)
  })

  it('checks generators, arrays and promises of iterables', async () => {
    const run = count.implement(function* numbers(to) {
      for (let value = 0; value <= to; value++) yield value
    })
    expect([...run(2)]).toEqual([0, 1, 2])
    expect(() => [...run(3)]).toThrow(ContractViolationError)
    const list = count.implement(async () => [1, 3])
    expect(await failureOf(async () => [...(await list(0))])).toMatchObject({ issues: [{ path: [1] }] })
  })

  it('refuses what is no iterable', async () => {
    const run = count.implement(() => 'text' as never)
    expect(await failureOf(() => run(0))).toMatchObject({
      issues: [{ path: [], message: 'Expected an iterable or async iterable, received a string ("text").' }],
    })
  })

  it('refuses a schema that answers later where the iterable answers at once', () => {
    const later = z.string().refine(async () => true)
    const run = contract({ name: 'later', output: each(later) }).implement(() => ['a'])
    expect(() => [...run()]).toThrow(
      new TypeError(
        'contract: "each" of an iterable that is not async must be a schema that answers at once, got one that answers with a promise.',
      ),
    )
  })

  it('blames the caller for the items of an argument, also inside the function', async () => {
    const sum = contract({ name: 'sum', input: each(z.number()), output: z.number(), errors: {} }).implement(
      (numbers) => {
        let total = 0
        for (const number of numbers as Iterable<number>) total += number
        return total
      },
    )
    expect(sum([1, 2])).toBe(3)
    expect(await failureOf(() => sum([1, 'two'] as never))).toMatchObject({ party: 'caller', issues: [{ path: [1] }] })
  })

  it('judges the errors of an iteration, but not those that the reader throws in', async () => {
    const run = contract({ name: 'read', output: each(z.number()), errors: {} }).implement(async function* numbers() {
      yield 1
      throw new Error('torn')
    })
    expect(
      await failureOf(async () => {
        for await (const item of run()) expect(item).toBe(1)
      }),
    ).toMatchObject({ party: 'callee', part: 'errors' })
    const reading = run()
    await reading.next()
    const own = new Error('mine')
    expect(await failureOf(() => reading.throw?.(own))).toBe(own)
  })
})

describe('implement: errors', () => {
  const find = contract({
    name: 'find',
    input: z.string(),
    errors: { not_found: z.object({ id: z.string() }), busy: z.unknown() },
  })
  const failing = (error: unknown) =>
    find.implement(() => {
      throw error
    })

  it('passes a declared error untouched', async () => {
    const error = new EmpireError('not_found', 'There is no such thing.', { details: { id: 'a' } })
    expect(await failureOf(() => failing(error)('a'))).toBe(error)
    expect(find.declares(error)).toBe(true)
  })

  it('blames the function for another error, which is the cause', async () => {
    const error = new TypeError('x is not a function')
    const violation = await failureOf(() => failing(error)('a'))
    expect(violation).toMatchObject({
      party: 'callee',
      part: 'errors',
      cause: error,
      message:
        'The callee broke the contract "find" by its errors. Catch it in the function, or declare it in the contract.\n' +
        '- errors: Expected an error with the code "not_found" or "busy", received TypeError without a code.',
    })
    expect(find.declares(violation)).toBe(false)
  })

  it('checks the details', async () => {
    const error = new EmpireError('not_found', 'There is no such thing.', { details: { id: 7 } })
    expect(await failureOf(() => failing(error)('a'))).toMatchObject({
      issues: [{ path: ['details', 'id'], message: 'Invalid input: expected string, received number' }],
    })
  })

  it('refuses a schema of details that answers later', async () => {
    const late = contract({ name: 'late', errors: { not_found: z.unknown().refine(async () => true) } })
    const run = late.implement(() => {
      throw new EmpireError('not_found', 'There is no such thing.')
    })
    expect(await failureOf(() => run())).toEqual(
      new TypeError(
        'contract: "errors.not_found" must be a schema that answers at once, got one that answers with a promise.',
      ),
    )
  })

  it.each([undefined, null, 'a text', { code: 'not_found' }, Object.create(null)])(
    'judges a thrown %o',
    async (thrown) => {
      expect(await failureOf(() => failing(thrown)('a'))).toMatchObject({ code: 'contract_violation', cause: thrown })
    },
  )

  it('passes the reason of an aborted signal among the arguments', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const wait = find.implement(async (_id: string, { signal }: { signal: AbortSignal }) => {
      signal.throwIfAborted()
    })
    controller.abort(reason)
    expect(await failureOf(() => wait('a', { signal: controller.signal }))).toBe(reason)
  })
})

describe('implement', () => {
  it('keeps the name of the function, and shows the contract', () => {
    const made = contract({ name: 'pay' })
    const pay = made.implement(function payNow() {})
    expect([pay.name, pay.contract === made, made.implement(() => {}).name]).toEqual(['payNow', true, 'pay'])
  })

  it('gives and throws exactly as the schemas say, whatever the values', () => {
    const schema = z.union([z.string(), z.array(z.number()), z.object({ a: z.boolean().optional() })])
    const same = contract({ name: 'same', input: schema, output: schema }).implement((value) => value)
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (value) => {
        const plain = schema.safeParse(value)
        let given: unknown
        try {
          given = { success: true, data: same(value as never) }
        } catch (error) {
          given = { success: false, party: (error as ContractViolationError).party }
        }
        expect(given).toEqual(plain.success ? plain : { success: false, party: 'caller' })
      }),
    )
  })

  it('stands for nobody who is innocent: the caller for arguments, the function for what it gives', () => {
    const checked = contract({ name: 'both', input: z.number(), output: z.string() })
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.string()), fc.oneof(fc.integer(), fc.string()), (given, returned) => {
        const run = checked.implement(() => returned as string)
        const guilty = typeof given !== 'number' ? 'caller' : typeof returned !== 'string' ? 'callee' : undefined
        let blamed: unknown
        try {
          run(given as number)
        } catch (error) {
          blamed = (error as ContractViolationError).party
        }
        expect(blamed).toBe(guilty)
      }),
    )
  })
})

describe('counts', () => {
  it('are of all calls of all implementations', () => {
    const made = contract({ name: 'pay', input: z.number(), output: z.number() })
    const pay = made.implement((value) => value)
    const lie = made.implement(() => 'no' as never)
    pay(1)
    expect(() => pay('1' as never)).toThrow(ContractViolationError)
    expect(() => lie(1)).toThrow(ContractViolationError)
    expect(made.counts()).toEqual({ calls: 3, checked: 3, violations: { caller: 1, callee: 1 } })
  })
})

describe('contract', () => {
  it.each([
    [[undefined], 'contract: "definition" must be an object, got undefined.'],
    [[{}], 'contract: "name" must be a text of one line, got undefined.'],
    [[{ name: '' }], 'contract: "name" must be a text of one line, got a string ("").'],
    [[{ name: 'a\n- b' }], 'contract: "name" must be a text of one line, got a string ("a\\n- b").'],
    [[{ name: 'a', inputs: z.string() }], 'contract: "definition" has no key "inputs". Did you mean "input"?'],
    [[{ name: 'a', description: 1 }], 'contract: "description" must be a string, got a number (1).'],
    [
      [{ name: 'a', input: 1 }],
      'contract: "input" must be a Standard Schema (zod, Valibot, ArkType, …), got a number (1).',
    ],
    [
      [{ name: 'a', input: [{}] }],
      'contract: "input[0]" must be a Standard Schema (zod, Valibot, ArkType, …), got an object.',
    ],
    [
      [{ name: 'a', output: null }],
      'contract: "output" must be a Standard Schema (zod, Valibot, ArkType, …), got null.',
    ],
    [[{ name: 'a', errors: [] }], 'contract: "errors" must be an object of schemas by code, got an empty array.'],
    [
      [{ name: 'a', errors: { b: 1 } }],
      'contract: "errors.b" must be a Standard Schema (zod, Valibot, ArkType, …), got a number (1).',
    ],
    [[{ name: 'a' }, null], 'contract: "options" must be an object, got null.'],
    [[{ name: 'a' }, { modes: 1 }], 'contract: "options" has no key "modes". Did you mean "mode"?'],
    [[{ name: 'a' }, { freeze: 1 }], 'contract: "freeze" must be a boolean, got a number (1).'],
    [[{ name: 'a' }, { random: 1 }], 'contract: "random" must be a function, got a number (1).'],
    [
      [{ name: 'a' }, { mode: 'off' }],
      `contract: "mode" must be 'enforce', 'observe', sample(rate), or an object with one of them for each environment, got a string ("off").`,
    ],
    [
      [{ name: 'a' }, { mode: { test: 'off' } }],
      `contract: "mode" of the environment "test" must be 'enforce', 'observe', sample(rate), or an object with one of them for each environment, got a string ("off").`,
    ],
  ])('refuses %o', (args, message) => {
    expect(() => contract(...(args as [never]))).toThrow(new TypeError(message))
  })

  it('refuses to implement what is no function, and to decorate what is no method', () => {
    const made = contract({ name: 'pay' })
    expect(() => made.implement(1 as never)).toThrow(
      new TypeError('implement: "run" must be a function, got a number (1).'),
    )
    expect(() => made.method(() => {}, { kind: 'getter' } as never)).toThrow(
      new TypeError('method: @pay.method decorates methods, got a string ("getter").'),
    )
    expect(() => each(1 as never)).toThrow(
      new TypeError('each: "item" must be a Standard Schema (zod, Valibot, ArkType, …), got a number (1).'),
    )
  })
})
