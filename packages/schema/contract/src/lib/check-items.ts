import { expectNow } from './expect-now.ts'

/** How the items of an iterable are let through. */
export interface ItemGate {
  /** Gives the item to pass on, or throws. */
  admit(item: unknown, index: number): unknown
  /** Gives what to throw when the source itself fails. */
  judge(error: unknown): unknown
}

/** Passes on the items of an async iterable as they are asked for. The source is closed when its reader stops, or by a violation. */
export async function* checkAsyncItems(source: AsyncIterable<unknown>, gate: ItemGate): AsyncGenerator {
  const iterator = source[Symbol.asyncIterator]()
  let open = true
  try {
    for (let index = 0; ; index++) {
      let step
      try {
        step = await iterator.next()
      } catch (error) {
        open = false
        throw gate.judge(error)
      }
      if (step.done === true) {
        open = false
        return step.value
      }
      yield await gate.admit(step.value, index)
    }
  } finally {
    if (open) await iterator.return?.()
  }
}

/** The same for an iterable that answers at once. */
export function* checkItems(source: Iterable<unknown>, gate: ItemGate): Generator {
  const iterator = source[Symbol.iterator]()
  let open = true
  try {
    for (let index = 0; ; index++) {
      let step
      try {
        step = iterator.next()
      } catch (error) {
        open = false
        throw gate.judge(error)
      }
      if (step.done === true) {
        open = false
        return step.value
      }
      yield expectNow(gate.admit(step.value, index), '"each" of an iterable that is not async')
    }
  } finally {
    if (open) iterator.return?.()
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
