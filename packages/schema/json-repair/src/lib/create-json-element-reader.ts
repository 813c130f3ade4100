import { describeValue, expectKnownKeys } from '@empire/errors'
import { PartialJsonEndedError } from './partial-json-error.ts'
import { PartialScanner } from './partial-scanner.ts'
import { PartialText } from './partial-text.ts'
import { PartialTree } from './partial-tree.ts'

/** One finished element of an array, and where it stands in the stream. Offsets of the end are those behind its last character. */
export interface JsonElement {
  readonly value: unknown
  /** From 0. */
  readonly index: number
  /** In UTF-16 code units from the start of the stream. */
  readonly start: number
  readonly end: number
  /** In bytes, if all that was pushed are bytes (and not for the one list that was taken for a reference in prose until the end). */
  readonly byteStart: number | undefined
  readonly byteEnd: number | undefined
}

/** How the elements of an array are read, and who gets them. */
export interface JsonElementReaderOptions {
  /** Given each element when it is finished, within the `push` that brings its end. What it throws comes out of that `push`. */
  onElement(element: JsonElement): void
  /** Refuses all that is not JSON by the letter (RFC 8259) with a `PartialJsonError`. Default: `false`. */
  strict?: boolean | undefined
}

/** How the array ended. */
export interface JsonElementsResult {
  /** How many elements were given. */
  readonly count: number
  /** Whether the document is an array. */
  readonly isArray: boolean
  /** Where the text was cut, in UTF-16 code units; `undefined` if the array was finished. */
  readonly truncatedAt: number | undefined
}

/** Reads one array of any length in pieces, and keeps nothing but the element at hand. */
export interface JsonElementReader {
  /** Takes the next piece, cut anywhere: text, or bytes of UTF-8. */
  push(chunk: string | Uint8Array): void
  /** Says that the text is at its end. An element that was cut is not given. */
  end(): JsonElementsResult
}

/**
 * Makes a reader for the elements of one huge JSON array: each is given once, when it is finished, and then forgotten. Memory
 * is that of one element and one piece. A document that is no array gives no element.
 *
 * It reads what `createPartialJsonParser` reads.
 */
export function createJsonElementReader(options: JsonElementReaderOptions): JsonElementReader {
  expectKnownKeys('createJsonElementReader: "options"', options, ['onElement', 'strict'])
  const { onElement, strict = false } = options
  if (typeof onElement !== 'function')
    throw new TypeError(
      `createJsonElementReader: "onElement" must be a function, received ${describeValue(onElement)}.`,
    )
  const text = new PartialText()
  let count = 0
  let failure: unknown
  let ended = false
  /** Where the element at hand begins, if it began in an earlier piece. */
  let begun: { readonly start: number; readonly byteStart: number | undefined } | undefined

  const tree = new PartialTree(undefined, {
    begin(start) {
      begun = { start, byteStart: text.byteOffset(start) }
    },
    take(value, end) {
      const { start = end, byteStart } = begun ?? {}
      onElement({ value, index: count++, start, end, byteStart, byteEnd: text.byteOffset(end) })
    },
  })
  const scanner = new PartialScanner(tree, strict)

  function run(task: () => void): void {
    if (failure !== undefined) throw failure
    if (ended) throw new PartialJsonEndedError()
    try {
      task()
    } catch (error) {
      failure = error
      throw error
    }
  }

  return {
    push(chunk) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
        throw new TypeError(`push: "chunk" must be a string or a Uint8Array, received ${describeValue(chunk)}.`)
      run(() => scanner.push(text.next(chunk)))
    },
    end() {
      run(() => {
        scanner.push(text.flush())
        scanner.finish()
      })
      ended = true
      return { count, isArray: tree.isArray, truncatedAt: scanner.done ? undefined : scanner.offset }
    },
  }
}
