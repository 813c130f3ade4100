import type { StandardSchemaV1 } from '@standard-schema/spec'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import type { ContractViolationError } from './contract-violation-error.ts'

const unhandled: unknown[] = []
const hear = (error: unknown): void => void unhandled.push(error)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', hear)
})

afterEach(() => void process.off('unhandledRejection', hear))

/** Node tells of unhandled rejections once the microtasks are through. */
async function settled(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve))
}

function failureOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}

function schemaOf(validate: (value: unknown) => unknown): StandardSchemaV1<unknown> {
  return { '~standard': { version: 1, vendor: 'own', validate: validate as never } }
}

describe('a schema that rejects', () => {
  const refusing = z.number().refine(() => Promise.reject(new Error('no network')))

  it('rejects the call, and nothing else', async () => {
    const late = z.number().refine(async () => Promise.reject(new Error('no network')))
    for (const schema of [refusing, late]) {
      const run = contract({ name: 'late', input: [schema, schema] }).implement((value) => value)
      await expect(Promise.resolve(run(1, 2))).rejects.toThrow('no network')
      await expect(Promise.resolve(run(1, 2))).rejects.toThrow('no network')
    }
    await settled()
    expect(unhandled).toEqual([])
  })

  it('beside one that throws, too', async () => {
    const throwing = schemaOf(() => {
      throw new Error('a bug')
    })
    const run = contract({ name: 'late', input: [refusing, throwing] }).implement((value) => value)
    expect(() => run(1, 2)).toThrow('a bug')
    await settled()
    expect(unhandled).toEqual([])
  })
})

describe('a schema of another make', () => {
  it('may answer with any thenable', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- made to be one
    const schema = schemaOf(() => ({ then: (settle: (result: unknown) => void) => settle({ issues: [] }) }))
    const run = contract({ name: 'foreign', input: schema }).implement((value) => value)
    await expect(Promise.resolve(run(1))).rejects.toMatchObject({
      issues: [{ path: [], message: 'Refused without a reason' }],
    })
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [{}, 'an object'],
    [{ issues: 'x' }, 'an object'],
  ])('must answer rightly, not with %o', (outcome, came) => {
    const run = contract({ name: 'foreign', input: schemaOf(() => outcome) }).implement((value) => value)
    expect(() => run(1)).toThrow(
      new TypeError(`The Standard Schema of a string ("own") must answer { value } or { issues }, got ${came}.`),
    )
  })

  it('may have issues with paths and messages of any kind and length', () => {
    const path = ['__proto__', Symbol('s'), { key: 'a b' }, 0, 'k'.repeat(1e6)]
    const issues = [{ message: `first\nsecond`, path }, { message: 'm'.repeat(1e6) }]
    const run = contract({ name: 'foreign', input: schemaOf(() => ({ issues })) }).implement((value) => value)
    const violation = failureOf(() => run(1)) as ContractViolationError
    expect(violation.message).toBe(
      'The caller broke the contract "foreign" by its input. Change the call.\n' +
        `- input.__proto__["Symbol(s)"]["a b"][0]["${'k'.repeat(60)}"…]: first\n  second\n` +
        `- input: ${'m'.repeat(500)}… and 999500 characters more`,
    )
    expect(violation.issues[0]?.path).toEqual(['__proto__', 'Symbol(s)', 'a b', 0, 'k'.repeat(1e6)])
  })

  it('may have 100,000 issues', () => {
    const issues = Array.from({ length: 100_000 }, (_, index) => ({ message: 'wrong', path: [index] }))
    const run = contract({ name: 'foreign', input: schemaOf(() => ({ issues })) }).implement((value) => value)
    const violation = failureOf(() => run(1)) as ContractViolationError
    expect(violation.issues).toHaveLength(100_000)
    expect(violation.message).toMatch(/\n- 99980 more: see the issues of this error\.$/)
  })
})

describe('the guilty party', () => {
  const strict = contract({ name: 'count', input: z.number(), output: z.number(), errors: {} })

  it('is the function that calls itself wrongly, not who called it', () => {
    const count = strict.implement((value): number => (value === 0 ? count('x' as never) : count(value - 1)))
    const violation = failureOf(() => count(1)) as ContractViolationError
    expect([violation.party, violation.part]).toEqual(['callee', 'errors'])
    const inner = violation.cause as ContractViolationError
    expect([inner.party, (inner.cause as ContractViolationError).party]).toEqual(['callee', 'caller'])
  })

  it('of a contract in another one is who called it', () => {
    const inner = contract({ name: 'inner', input: z.number() }).implement((value) => value)
    const outer = contract({ name: 'outer', errors: {} }).implement(() => inner('x' as never))
    expect(failureOf(outer)).toMatchObject({
      contract: 'outer',
      party: 'callee',
      cause: { contract: 'inner', party: 'caller' },
    })
  })

  it('stays the function when it spoils its argument', () => {
    const even = z.custom<{ value: number }>((given) => (given as { value: number }).value % 2 === 0)
    const spoil = contract({ name: 'spoil', input: even, output: even }).implement((given) => {
      given.value++
      return given
    })
    expect(failureOf(() => spoil({ value: 2 }))).toMatchObject({ party: 'callee', part: 'output' })
  })
})

describe('a result', () => {
  it('is left alone where nothing is said of it', () => {
    // oxlint-disable-next-line unicorn/no-thenable -- a query that is run when it is waited for
    const query = { then: () => expect.unreachable(), where: () => query }
    expect(contract({ name: 'query', input: z.string() }).implement(() => query)('a')).toBe(query)
  })

  it('that throws when it is read is an error of the function', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    const run = contract({ name: 'torn', output: z.unknown(), errors: {} }).implement(() => proxy)
    expect(failureOf(() => run())).toMatchObject({
      party: 'callee',
      part: 'errors',
      cause: expect.any(TypeError) as TypeError,
    })
  })
})

describe('an error', () => {
  const find = contract({ name: 'find', errors: { not_found: z.unknown() } })
  const unreadable = Object.defineProperty(new Error('x'), 'code', {
    get() {
      throw new Error('a trap')
    },
  })
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()

  it.each([
    ['getters that throw', unreadable],
    ['a proxy that is revoked', revoked.proxy],
  ])('with %s is none declared', (_, error) => {
    const run = find.implement(() => {
      throw error
    })
    expect(failureOf(() => run())).toMatchObject({
      issues: [{ message: 'Expected an error with the code "not_found", received a thrown object.' }],
    })
  })

  it('has a code of any length', () => {
    const run = find.implement(() => {
      throw Object.assign(new Error('x'), { code: 'z\n'.repeat(1e5) })
    })
    expect((failureOf(() => run()) as Error).message.length).toBeLessThan(400)
  })

  it('passes when Node has wrapped the reason of an abort in it', () => {
    const reason = new Error('enough')
    const wrapped = Object.assign(new Error('The operation was aborted', { cause: reason }), { name: 'AbortError' })
    const run = contract({ name: 'wait', errors: {} }).implement((_options: { signal: AbortSignal }) => {
      throw wrapped
    })
    expect(failureOf(() => run({ signal: AbortSignal.abort(reason) }))).toBe(wrapped)
    expect(failureOf(() => run({ signal: AbortSignal.abort() }))).toMatchObject({ cause: wrapped })
    const trap = {
      get signal(): AbortSignal {
        throw new Error('a trap')
      },
    }
    expect(failureOf(() => run(trap))).toMatchObject({ cause: wrapped })
  })
})

const onViolation = (): never => {
  throw new Error('the log is full')
}

describe('what onViolation throws', () => {
  it.each(['enforce', 'observe'] as const)('is thrown to the caller: %s', (mode) => {
    const made = contract({ name: 'pay', input: z.number() }, { mode, onViolation })
    expect(() => made.implement((value) => value)('1' as never)).toThrow('the log is full')
    expect(made.counts().violations.caller).toBe(1)
  })

  it('later is a warning, and nothing goes unheard', async () => {
    const failure = new Error('the log is full')
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    const options = { mode: 'observe', onViolation: () => Promise.reject(failure) } as const
    const made = contract({ name: 'pay', input: z.number() }, options)
    expect(made.implement((value) => value)('1' as never)).toBe('1')
    await new Promise((resolve) => void setImmediate(resolve))
    expect(warn.mock.calls).toEqual([[failure]])
    warn.mockRestore()
  })
})

const outcome = async (call: () => unknown): Promise<unknown> => {
  try {
    return { given: await call() }
  } catch (error) {
    return { thrown: error }
  }
}

describe('a function with a contract', () => {
  it('gets as many arguments as were given, and defaults', () => {
    const made = contract({ name: 'rest', input: [z.string(), z.string().optional(), z.number().default(5)] })
    const count = made.implement((...args: unknown[]) => args)
    expect(count('x')).toEqual(['x', undefined, 5])
    const optional = contract({ name: 'rest', input: [z.string(), z.string().optional()] })
    expect(optional.implement((...args: unknown[]) => args.length)('x')).toBe(1)
    const all = optional.implement((...args: unknown[]) => args) as (...args: unknown[]) => unknown
    expect(all('x', undefined, 'more')).toEqual(['x', undefined, 'more'])
  })

  it('has the length of the function', () => {
    const made = contract({ name: 'sum', input: [z.number(), z.number()] })
    expect(made.implement((a, b) => a + b).length).toBe(2)
  })

  it('does not change with its definition', () => {
    const input = [z.number()] as const
    const made = contract({ name: 'sum', input })
    ;(input as unknown as unknown[]).push(z.string())
    expect([made.input.length, Object.isFrozen(made.input)]).toEqual([1, true])
  })

  it('can be made of another contract, to be kept in another mode', () => {
    const strict = contract({ name: 'sum', input: z.number() })
    expect(contract(strict, { mode: 'observe' }).implement((value) => value)('1' as never)).toBe('1')
  })

  it('gives and throws as the function does, in every mode, while the contract is kept', async () => {
    const property = fc.asyncProperty(
      fc.anything(),
      fc.constantFrom('returns', 'throws', 'resolves', 'rejects'),
      fc.constantFrom('enforce' as const, 'observe' as const),
      async (value, way, mode) => {
        const run = (): unknown => {
          if (way === 'throws') throw value
          if (way === 'returns') return [value]
          return way === 'resolves' ? Promise.resolve([value]) : Promise.reject(value as Error)
        }
        const checked = contract({ name: 'any', output: z.unknown() }, { mode }).implement(run)
        expect(await outcome(() => checked())).toEqual(await outcome(run))
      },
    )
    await expect(fc.assert(property)).resolves.toBeUndefined()
  })
})
