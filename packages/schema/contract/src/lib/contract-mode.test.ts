import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import { contractEvents } from './contract-events.ts'
import { modeIn, sample } from './contract-mode.ts'
import { ContractViolationError } from './contract-violation-error.ts'
import { each } from './each.ts'

afterEach(() => vi.unstubAllEnvs())

/** A generator of the given numbers, over and over. */
function cycle(...numbers: number[]): () => number {
  let index = 0
  return () => numbers[index++ % numbers.length] as number
}

describe('observe', () => {
  it('lets wrong values pass as they are, and tells of them', () => {
    const heard: ContractViolationError[] = []
    const made = contract(
      { name: 'double', input: z.object({ value: z.number() }), output: z.number(), errors: {} },
      { mode: 'observe', onViolation: (violation) => heard.push(violation) },
    )
    const wrong = { value: 'ab', more: 1 }
    expect(made.implement((input) => input as never)(wrong as never)).toBe(wrong)
    const error = new Error('untold')
    expect(() =>
      made.implement(() => {
        throw error
      })({ value: 1 }),
    ).toThrow(error)
    expect(heard.map(({ party, part }) => `${party} ${part}`)).toEqual([
      'caller input',
      'callee output',
      'callee errors',
    ])
    expect(made.counts()).toEqual({ calls: 2, checked: 2, violations: { caller: 1, callee: 2 } })
  })

  it('gives right values as the schemas give them', () => {
    const trim = contract({ name: 'trim', input: z.string().trim() }, { mode: 'observe' }).implement((text) => text)
    expect(trim(' a ')).toBe('a')
  })

  it('passes wrong items', () => {
    const list = contract({ name: 'list', output: each(z.number()) }, { mode: 'observe' }).implement(
      () => [1, 'two'] as never,
    )
    expect([...(list() as Iterable<unknown>)]).toEqual([1, 'two'])
  })
})

describe('sample', () => {
  it('checks the share of the calls', () => {
    const made = contract({ name: 'pay', input: z.number() }, { mode: sample(0.25), random: cycle(0, 0.25, 0.5, 0.99) })
    const pay = made.implement((value) => value)
    expect(() => pay('1' as never)).toThrow(ContractViolationError)
    expect([pay('2' as never), pay('3' as never), pay('4' as never)]).toEqual(['2', '3', '4'])
    expect(made.counts()).toEqual({ calls: 4, checked: 1, violations: { caller: 1, callee: 0 } })
  })

  it('checks none at 0 and all at 1, and observes where told to', () => {
    const never = contract({ name: 'a', input: z.number() }, { mode: sample(0), random: () => 0 }).implement(
      (value) => value,
    )
    expect(never('1' as never)).toBe('1')
    const always = contract({ name: 'a', input: z.number() }, { mode: sample(1), random: () => 0.999 })
    expect(() => always.implement((value) => value)('1' as never)).toThrow(ContractViolationError)
    const watched = contract({ name: 'a', input: z.number() }, { mode: sample(1, 'observe') })
    expect(watched.implement((value) => value)('1' as never)).toBe('1')
    expect(watched.counts().violations.caller).toBe(1)
  })

  it('still gives the function the values that it relies on in calls that are not checked', () => {
    const schema = z.object({ size: z.number().default(5) })
    const made = contract({ name: 'size', input: schema }, { mode: sample(0) }).implement((input) => input)
    expect(made({})).toEqual({ size: 5 })
    expect(made({ size: 'x' } as never)).toEqual({ size: 'x' })
  })

  it.each([
    [[2], 'sample: "rate" must be a number from 0 to 1, got a number (2).'],
    [[Number.NaN], 'sample: "rate" must be a number from 0 to 1, got a number (NaN).'],
    [['1'], 'sample: "rate" must be a number from 0 to 1, got a string ("1").'],
    [[1, 'throw'], `sample: "mode" must be 'enforce' or 'observe', got a string ("throw").`],
  ])('refuses %o', (args, message) => {
    expect(() => sample(...(args as [never]))).toThrow(new TypeError(message))
  })
})

describe('environments', () => {
  it('have their own modes, the default one, or enforce', () => {
    const modes = { production: sample(0.01), default: 'observe' } as const
    expect(modeIn(modes, 'production')).toEqual({ rate: 0.01, mode: 'enforce' })
    expect(modeIn(modes, 'test')).toBe('observe')
    expect(modeIn({ production: 'observe' }, 'test')).toBe('enforce')
    expect(modeIn({ production: 'observe' }, 'toString')).toBe('enforce')
  })

  it('are named by the option, or by NODE_ENV', () => {
    const mode = { production: 'observe' } as const
    const definition = { name: 'a', input: z.number() }
    vi.stubEnv('NODE_ENV', 'production')
    expect(contract(definition, { mode }).implement((value) => value)('1' as never)).toBe('1')
    const inTest = contract(definition, { mode, environment: 'test' }).implement((value) => value)
    expect(() => inTest('1' as never)).toThrow(ContractViolationError)
  })
})

describe('events', () => {
  it('tell of calls and violations, and hold no values', () => {
    const heard: unknown[] = []
    const leave = [
      contractEvents.call.subscribe(({ at: _at, ...message }) => heard.push(message)),
      contractEvents.violation.subscribe(({ at: _at, error, ...message }) => {
        heard.push({ ...message, error: (error as Error).name })
      }),
    ]
    const pay = contract({ name: 'pay', input: z.number() }).implement((value) => value)
    pay(1)
    expect(() => pay('hunter2' as never)).toThrow(ContractViolationError)
    for (const stop of leave) stop()
    expect(heard).toEqual([
      { contract: 'pay', checked: 'yes' },
      { contract: 'pay', checked: 'yes' },
      {
        contract: 'pay',
        party: 'caller',
        part: 'input',
        outcome: 'thrown',
        issues: 1,
        error: 'ContractViolationError',
      },
    ])
    expect(JSON.stringify(heard)).not.toContain('hunter2')
  })
})
