import { ScriptTarget, transpile } from 'typescript'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import { ContractViolationError } from './contract-violation-error.ts'

const add = contract({ name: 'add', input: z.number(), output: z.number() })

/** Node does not run decorators yet: TypeScript writes them as calls, as it does for users. */
function runClass(body: string): unknown {
  const code = transpile(`const made = class { ${body} }`, { target: ScriptTarget.ES2022 })
  // oxlint-disable-next-line no-new-func -- the class is written above
  return new Function('add', `${code}; return made`)(add)
}

interface Sum {
  add(value: unknown): number
}

describe('method', () => {
  it('checks the method of a class, with its own this', () => {
    const Counter = runClass('total = 1; @add.method add(value) { return (this.total += value) }') as new () => Sum
    const counter = new Counter()
    expect([counter.add(2), counter.add(3)]).toEqual([3, 6])
    expect(() => counter.add('4')).toThrow(ContractViolationError)
    expect(counter.add.name).toBe('add')
  })

  it('checks static and private methods', () => {
    const Static = runClass('@add.method static add(value) { return value }') as unknown as Sum
    expect(() => Static.add('4')).toThrow(ContractViolationError)
    const Private = runClass(
      '@add.method #own(value) { return value } add(value) { return this.#own(value) }',
    ) as new () => Sum
    expect(() => new Private().add('4')).toThrow(ContractViolationError)
  })
})
