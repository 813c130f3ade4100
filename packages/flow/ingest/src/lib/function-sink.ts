import { describeValue } from '@empire/errors'
import type { Sink } from './sink.ts'

/**
 * A sink of two functions: what takes the chunks of a document, in the place of those it had, and what hears of documents
 * that are gone.
 *
 * @param remove Default: nobody hears of them.
 */
export function functionSink(write: Sink['write'], remove: Sink['remove'] = () => {}): Sink {
  for (const [name, value] of Object.entries({ write, remove })) {
    if (typeof value !== 'function') {
      throw new TypeError(`Expected "${name}" to be a function, got ${describeValue(value)}.`)
    }
  }
  return Object.freeze({ write, remove })
}
