import { expectKnownKeys } from '@empire/errors'
import { checkCounter, checkText, checkTokens } from './check-arguments.ts'
import { type Counting, findBeginning, findByCount } from './find-beginning.ts'
import { LimitTooSmallError } from './limit-too-small-error.ts'
import type { TokenCounter, TokenOptions } from './token-counter.ts'

/** How a text is split. */
export interface SplitOptions extends TokenOptions {
  /** How many tokens of the end of a piece the next one repeats at most. Less than the limit. Default: 0. */
  overlap?: number | undefined
}

/** A piece of a text: `text.slice(start, end)`. */
export interface TokenPiece {
  readonly text: string
  /** Where it begins and ends in the text, in UTF-16 code units. Without overlap a piece begins where the one before ends. */
  readonly start: number
  readonly end: number
}

/**
 * A text in pieces that have at most `limit` tokens each, as long as they can be, cut as `truncate` cuts. Together they
 * are the whole text: each ends behind the one before. With a limit below 4 a piece may end within a token.
 *
 * Takes time linear in the text and, with an overlap, in the sum of the pieces. Throws `LimitTooSmallError` for a
 * character that alone has more tokens than `limit`.
 */
export function split(counter: TokenCounter, text: string, limit: number, options: SplitOptions = {}): TokenPiece[] {
  checkCounter(counter)
  checkText(text)
  checkTokens('limit', limit)
  expectKnownKeys('"options"', options, ['model', 'overlap'])
  const { model, overlap = 0 } = options
  checkTokens('overlap', overlap)
  if (limit === 0) throw new TypeError('Expected "limit" to be a positive number of tokens, got 0.')
  if (overlap >= limit) throw new TypeError(`Expected "overlap" to be less than "limit" (${limit}), got ${overlap}.`)
  const counting = { counter, model }
  const pieces: TokenPiece[] = []
  let covered = 0
  let likely: number | undefined
  for (let start = 0; covered < text.length;) {
    const rest = text.slice(start)
    // Limits below 4 can be too small to end between tokens.
    const end = start + (findBeginning(counting, rest, limit, likely) || findByCount(counting, rest, limit))
    if (end > covered) {
      pieces.push(Object.freeze({ text: text.slice(start, end), start, end }))
      covered = end
      likely = end - start
      start = covered === text.length || overlap === 0 ? end : startOfOverlap(counting, text, start, end, overlap)
    } else if (start < covered) {
      // What is repeated leaves no room for the next character.
      start = covered
    } else {
      const character = String.fromCodePoint(text.codePointAt(covered) ?? 0)
      throw new LimitTooSmallError(limit, counter.count(character, { model }), covered)
    }
  }
  return pieces
}

/** Where the end of a piece begins that has at most `overlap` tokens: a place at which the piece could have been cut. */
function startOfOverlap(
  { counter, model }: Counting,
  text: string,
  start: number,
  end: number,
  overlap: number,
): number {
  const piece = text.slice(start, end)
  const tokens = counter.count(piece, { model })
  // A piece that is repeated whole would be all of the next one.
  const least = Math.max(1, tokens - overlap)
  // A rest alone may have more tokens than within the piece: then it is made shorter, in steps that grow.
  for (let kept = least; kept < tokens; kept += 1 + ((kept - least) >> 2)) {
    const head = findBeginning({ counter, model }, piece, kept, piece.length)
    if (counter.count(piece.slice(head), { model, limit: overlap }) <= overlap) return start + head
  }
  return end
}
