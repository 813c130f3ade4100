import {
  createPartialJsonParser,
  type PartialJsonParser,
  type PartialJsonParserOptions,
  type PartialJsonResult,
} from './create-partial-json-parser.ts'
import { chunksOf, type JsonSource } from './chunks-of.ts'

/** How a streamed document is read. */
export interface StreamPartialJsonOptions extends PartialJsonParserOptions {
  /** Ends the iteration with its reason, and cancels the source. */
  signal?: AbortSignal | undefined
}

/** The document at one moment. */
export interface PartialJson {
  /** As `value` of the parser: it never changes. */
  readonly value: unknown
  /** Whether this is the last one, behind the end of the source. */
  readonly final: boolean
  /** In the last one, where the text was cut, in UTF-16 code units; `undefined` if the document was finished. */
  readonly truncatedAt: number | undefined
  /** Whether the value at `path` is there, and final. Once the next document was asked for, this answers for that one. */
  isComplete(path: readonly (string | number)[]): boolean
}

/**
 * Reads the pieces of `source` and gives the document after each that changes it, and once more at the end.
 *
 * The next piece is asked for when the next value is. Whoever stops early cancels the source.
 */
export async function* streamPartialJson(
  source: JsonSource,
  options: StreamPartialJsonOptions = {},
): AsyncGenerator<PartialJson, void, undefined> {
  const { signal, ...parserOptions } = options
  signal?.throwIfAborted()
  const parser = createPartialJsonParser(parserOptions)
  let shown: unknown
  for await (const chunk of chunksOf(source, signal)) {
    parser.push(chunk)
    if (parser.value === shown) continue
    shown = parser.value
    yield partialOf(parser, undefined)
  }
  yield partialOf(parser, parser.end())
}

function partialOf(parser: PartialJsonParser, result: PartialJsonResult | undefined): PartialJson {
  return {
    value: parser.value,
    final: result !== undefined,
    truncatedAt: result?.truncatedAt,
    isComplete: parser.isComplete,
  }
}
