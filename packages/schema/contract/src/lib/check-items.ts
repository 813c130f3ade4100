import { expectNow } from './expect-now.ts'

/** How the items of an iterable are let through. */
export interface ItemGate {
  /** Gives the item to pass on, or throws. */
  admit(item: unknown, index: number): unknown
  /** Gives what to throw when the source itself fails. */
  judge(error: unknown): unknown
}

type Step = 'next' | 'throw' | 'return'

/** The methods that all iterators have: `map`, `[Symbol.asyncIterator]`. */
const asyncIteratorPrototype = methodsOf(async function* none() {}.prototype)
const iteratorPrototype = methodsOf(function* none() {}.prototype)

function methodsOf(generatorPrototype: object): object {
  return Object.getPrototypeOf(Object.getPrototypeOf(generatorPrototype)) as object
}

/**
 * Passes on the items of an async iterable as they are asked for, and what its reader sends back to a generator. The source is
 * closed when its reader stops, or by a violation.
 */
export function checkAsyncItems(source: AsyncIterable<unknown>, gate: ItemGate): AsyncGenerator {
  let iterator: AsyncIterator<unknown> | undefined
  let ended = false
  let index = 0

  async function take(step: Step, given: unknown[]): Promise<IteratorResult<unknown>> {
    if (ended) return afterEnd(step, given[0])
    iterator ??= source[Symbol.asyncIterator]()
    const at = index++
    const result = await askSource(iterator, step, given)
    if (result.done === true) {
      ended = true
      return result
    }
    try {
      return { done: false, value: await gate.admit(result.value, at) }
    } catch (error) {
      ended = true
      // As in a loop, the violation goes before what the source may throw at its end.
      await Promise.resolve(iterator.return?.()).catch(() => undefined)
      throw error
    }
  }

  async function askSource(
    from: AsyncIterator<unknown>,
    step: Step,
    given: unknown[],
  ): Promise<IteratorResult<unknown>> {
    const method = from[step] as ((...values: unknown[]) => Promise<IteratorResult<unknown>>) | undefined
    if (method === undefined) {
      ended = true
      if (step === 'throw') await from.return?.()
      return afterEnd(step, given[0])
    }
    try {
      return await method.apply(from, given)
    } catch (error) {
      ended = true
      throw step === 'throw' && error === given[0] ? error : gate.judge(error)
    }
  }

  return Object.assign(Object.create(asyncIteratorPrototype) as AsyncGenerator, {
    next: async (...given: unknown[]) => take('next', given),
    throw: async (...given: unknown[]) => take('throw', given),
    return: async (...given: unknown[]) => take('return', given),
  })
}

/** The same for an iterable that answers at once. */
export function checkItems(source: Iterable<unknown>, gate: ItemGate): Generator {
  let iterator: Iterator<unknown> | undefined
  let ended = false
  let index = 0

  function take(step: Step, given: unknown[]): IteratorResult<unknown> {
    if (ended) return afterEnd(step, given[0])
    iterator ??= source[Symbol.iterator]()
    const at = index++
    const result = askSource(iterator, step, given)
    if (result.done === true) {
      ended = true
      return result
    }
    try {
      return { done: false, value: expectNow(gate.admit(result.value, at), '"each" of an iterable that is not async') }
    } catch (error) {
      ended = true
      close(iterator)
      throw error
    }
  }

  function askSource(from: Iterator<unknown>, step: Step, given: unknown[]): IteratorResult<unknown> {
    const method = from[step] as ((...values: unknown[]) => IteratorResult<unknown>) | undefined
    if (method === undefined) {
      ended = true
      if (step === 'throw') from.return?.()
      return afterEnd(step, given[0])
    }
    try {
      return method.apply(from, given)
    } catch (error) {
      ended = true
      throw step === 'throw' && error === given[0] ? error : gate.judge(error)
    }
  }

  return Object.assign(Object.create(iteratorPrototype) as Generator, {
    next: (...given: unknown[]) => take('next', given),
    throw: (...given: unknown[]) => take('throw', given),
    return: (...given: unknown[]) => take('return', given),
  })
}

/** What an iterator says that has ended, or that cannot take the step. */
function afterEnd(step: Step, given: unknown): IteratorResult<unknown> {
  if (step === 'throw') throw given
  return { done: true, value: step === 'return' ? given : undefined }
}

function close(iterator: Iterator<unknown>): void {
  try {
    iterator.return?.()
  } catch {
    // As in a loop, the violation goes before what the source throws at its end.
  }
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof (value as Partial<AsyncIterable<unknown>> | null | undefined)?.[Symbol.asyncIterator] === 'function'
}

/** A text is one value, not an iterable of letters. */
export function isIterable(value: unknown): value is Iterable<unknown> {
  return (
    typeof value === 'object' && typeof (value as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === 'function'
  )
}
