import { describeValue, expectKnownKeys } from '@empire/errors'
import { PartialJsonEndedError } from './partial-json-error.ts'
import { PartialScanner } from './partial-scanner.ts'
import { nothing } from './partial-sink.ts'
import { PartialText } from './partial-text.ts'
import { PartialTree } from './partial-tree.ts'
import type { JsonSchemaSource } from './json-schema-of.ts'
import { endsAt, hasPath } from './path.ts'
import { repairJson } from './repair-json.ts'
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
  /** Whether the outermost value is finished. What follows is refused where `strict`, and else looked at in the end. */
  readonly done: boolean
  /** Takes the next piece: text, or bytes of UTF-8. It may be cut anywhere. */
  push(chunk: string | Uint8Array): void
  /** Whether the value at `path` is there, and final. `[]` is the whole document. Costs as much as the path is long. */
  isComplete(path: readonly (string | number)[]): boolean
  /**
   * Says that the text is at its end. A text that is not JSON by the letter is read once more, as a whole: its value is what
   * `repairJson` makes of it, the first if there are several.
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
 * character is read once; in the end, a text that is not JSON by the letter is read once more.
 */
export function createPartialJsonParser(options: PartialJsonParserOptions = {}): PartialJsonParser {
  expectKnownKeys('createPartialJsonParser: "options"', options, ['schema', 'strict'])
  const { schema, strict = false } = options
  const text = new PartialText()
  const rules = streamRulesOf(schema)
  const tree = new PartialTree(rules)
  const scanner = new PartialScanner(tree, strict)
  /** All of the text, for a second look at its end. */
  let source = ''
  /** What the second look has found. */
  let whole: PartialJsonResult | undefined
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

  function take(piece: string): void {
    if (!strict) source += piece
    scanner.push(piece)
  }

  /** Reads a text that is not JSON by the letter as a whole. */
  function readAgain(): PartialJsonResult | undefined {
    if (strict || isRegular()) return undefined
    const { value, truncatedAt } = repairJson(source, { several: 'first', decodeString: false })
    // What is shown of an open document is for the schema to say.
    return rules !== undefined && truncatedAt !== undefined ? undefined : { value, truncatedAt }
  }

  function isRegular(): boolean {
    if (!scanner.isRegular || /[^ \t\r\n]/.test(source.slice(0, scanner.start))) return false
    // Closers, a fence and white space can end a string that the text does not.
    return scanner.done || !/[\]})`\s]/.test(source.slice(-1))
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
      return whole === undefined ? scanner.done : whole.truncatedAt === undefined
    },
    push(chunk) {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
        throw new TypeError(`push: "chunk" must be a string or a Uint8Array, received ${describeValue(chunk)}.`)
      attempt(() => take(text.next(chunk)))
    },
    isComplete(path) {
      if (whole === undefined) return tree.isComplete(path)
      if (!hasPath(whole.value, path)) return false
      return whole.truncatedAt === undefined || !endsAt(whole.value, path) || tree.isComplete(path)
    },
    end() {
      attempt(() => {
        take(text.flush())
        whole = readAgain()
        if (whole === undefined) scanner.finish()
      })
      ended = true
      source = ''
      if (whole === undefined) return { value: read(), truncatedAt: scanner.done ? undefined : scanner.offset }
      last = whole.value
      known = true
      return whole
    },
  }
}
