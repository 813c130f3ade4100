import { z } from 'zod'
import { type Contract, contract } from './contract.ts'
import { each } from './each.ts'

/** Exactly the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function expectType<_Holds extends true>(): void {}

const pay = contract({
  name: 'pay',
  input: z.object({ amount: z.number(), currency: z.string().default('EUR') }),
  output: z.object({ id: z.string().transform(Number) }),
  errors: { refused: z.object({ reason: z.string() }), busy: z.unknown() },
})

// The function gets what comes out of the input's schema, and gives what goes into the output's.
const paid = pay.implement((input) => {
  expectType<Same<typeof input, { amount: number; currency: string }>>()
  return { id: '7' }
})
expectType<Same<Parameters<typeof paid>, [{ amount: number; currency?: string | undefined }]>>()
expectType<Same<ReturnType<typeof paid>, { id: number }>>()
expectType<Same<typeof paid.contract, typeof pay>>()

// @ts-expect-error: the result has another type.
pay.implement(() => ({ id: 7 }))
// @ts-expect-error: the argument has another type.
paid({ amount: '3' })

// A promise gives a promise; what stands behind the arguments stays.
const later = pay.implement(async (_input, options: { signal: AbortSignal }) => ({ id: String(options.signal) }))
expectType<Same<ReturnType<typeof later>, Promise<{ id: number }>>>()
expectType<Same<Parameters<typeof later>[1], { signal: AbortSignal }>>()

// A list of schemas is a list of arguments; those at the end may be left out when they may be undefined.
const cut = contract({ name: 'cut', input: [z.string(), z.number(), z.number().optional()], output: z.string() })
const cutter = cut.implement((text, from, to) => text.slice(from, to))
cutter('a', 1)
cutter('a', 1, 2)
// @ts-expect-error: the second argument is missing.
cutter('a')

// Iterables stay of their kind.
const count = contract({ name: 'count', output: each(z.number()) })
const counted = count.implement(async function* numbers() {
  yield 1
})
expectType<Same<ReturnType<typeof counted>, AsyncGenerator<number, void, unknown>>>()
const asked = count.implement(function* numbers(): Generator<number, string, boolean> {
  return (yield 1) ? 'yes' : 'no'
})
expectType<Same<ReturnType<typeof asked>, Generator<number, string, boolean>>>()
const listed = count.implement(() => [1])
expectType<Same<ReturnType<typeof listed>, IterableIterator<number>>>()

// Declared errors are a union to branch on.
declare const error: unknown
if (pay.declares(error) && error.code === 'refused') expectType<Same<typeof error.details, { reason: string }>>()

// As a decorator.
const sum = contract({ name: 'sum', input: z.number(), output: z.number() })
class Counter {
  total = 0
  @sum.method
  add(value: number): number {
    return (this.total += value)
  }
  // @ts-expect-error: the method gives another type.
  @sum.method
  wrong(value: number): string {
    return String(value)
  }
}
expectType<Same<ReturnType<Counter['add']>, number>>()

// Any contract is one of these.
const any: Contract = pay as never
void any
