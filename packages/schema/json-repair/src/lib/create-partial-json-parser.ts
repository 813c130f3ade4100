import { PartialJsonEndedError } from './partial-json-error.ts'
import { PartialScanner } from './partial-scanner.ts'
import { nothing } from './partial-sink.ts'
import { PartialText } from './partial-text.ts'
import { PartialTree } from './partial-tree.ts'
import type { JsonSchemaSource } from './json-schema-of.ts'
import { streamRulesOf } from './stream-rules.ts'

/** How a text is read that comes in pieces. */
export interface PartialJsonParserOptions {
  /**
   * Says how fields are shown while they are read, by the keyword `stream` in a JSON Schema or in the metadata of a Standard
   * Schema that can be written as one: `{ done: true }` shows a value only once it is finished, `{ notNull: true }` the object
   * that holds it only once it is there and not `null`. Nothing is validated. Default: everything is shown as it grows.
   */
  schema?: JsonSchemaSource | undefined
  /** Refuses all that is not JSON by the letter (RFC 8259) with a `PartialJsonError`. Default: `false`. */
  strict?: boolean | undefined
}

/** How a text that was read in pieces ended. */
export interface PartialJsonResult {
  readonly value: unknown
  /** Where the text was cut, in UTF-16 code units; `undefined` if the document was finished. */
  readonly truncatedAt: number | undefined
}

/** Reads JSON in pieces, and knows at any time what is there. */
export interface PartialJsonParser {
  /**
   * The document so far; `undefined` as long as there is none. A string at the end is there as far as it goes.
   *
   * What was read here never changes: finished parts are shared with later values, and must not be written to. What is open
   * is copied, at a cost of at most a few thousand entries per read: an open array or object with more is a frozen view that
   * copies itself when it is looked into as a whole (a view behaves like the plain value, but `structuredClone` refuses it).
   * The value of a finished document holds no views.
   */
  readonly value: unknown
  /** Whether the outermost value is finished. What follows is not read, or refused where `strict`. */
  readonly done: boolean
  /** Takes the next piece: text, or bytes of UTF-8. It may be cut anywhere. */
  push(chunk: string | Uint8Array): void
  /** Whether the value at `path` is there, and final. `[]` is the whole document. Costs as much as the path is long. */
  isComplete(path: readonly (string | number)[]): boolean
  /**
   * Says that the text is at its end.
   *
   * @throws {JsonUnrepairableError} `json_unrepairable` if it held no value.
   * @throws {PartialJsonError} `json_invalid` if it is not whole and `strict`.
   * @throws {PartialJsonEndedError} `json_stream_ended` if it was ended before; so does `push`.
   */
  end(): PartialJsonResult
}

/**
 * Makes a parser for JSON that comes in pieces from a model, with all that models put around and into it.
 *
 * It reads over prose, thoughts and fences before the document and anything behind it, comments, commas that are missing or
 * too many, single and smart quotes, unquoted keys and words, literals of Python, raw line ends within strings. Each
 * character is read once.
 */
export function createPartialJsonParser(options: PartialJsonParserOptions = {}): PartialJsonParser {
  const { schema, strict = false } = options
  const text = new PartialText()
  const tree = new PartialTree(streamRulesOf(schema))
  const scanner = new PartialScanner(tree, strict)
  let failure: unknown
  let ended = false
  /** The last value that was read, until more is pushed. */
  let last: unknown
  let known = false

  function attempt(task: () => void): void {
    if (failure !== undefined) throw failure
    if (ended) throw new PartialJsonEndedError()
    known = false
    try {
      task()
    } catch (error) {
      failure = error
      throw error
    }
  }

  function read(): unknown {
    if (known) return last
    const value = tree.read(scanner.openScalar)
    last = value === nothing ? undefined : value
    known = true
    return last
  }

  return {
    get value() {
      return read()
    },
    get done() {
      return scanner.done
    },
    push(chunk) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
        throw new TypeError(`push: "chunk" must be a string or a Uint8Array, received ${typeof chunk}.`)
      attempt(() => scanner.push(text.next(chunk)))
    },
    isComplete: (path) => tree.isComplete(path),
    end() {
      attempt(() => {
        scanner.push(text.flush())
        scanner.finish()
      })
      ended = true
      return { value: read(), truncatedAt: scanner.done ? undefined : scanner.offset }
    },
  }
}
