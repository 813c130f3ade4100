import type { TokenCounter } from './token-counter.ts'

/** A counter and the model that it counts for. */
export interface Counting {
  readonly counter: TokenCounter
  readonly model: string | undefined
}

/** Tokens that a window has beyond the limit: more than a word, so that the one it cuts off is not among those that count. */
const slack = 16

/** The most tokens that can end within one character: one less than it has bytes. */
const mostPartial = 3

/**
 * Where the longest beginning of `text` ends, in UTF-16 code units, that has at most `limit` tokens and ends between
 * tokens and between characters. 0 if there is none.
 *
 * @param likely About how many code units that will be: the nearer, the less is encoded for nothing.
 */
export function findBeginning(counting: Counting, text: string, limit: number, likely = limit * 4): number {
  const { counter, model } = counting
  if (counter.encode === undefined || counter.decode === undefined) return findByCount(counting, text, limit)
  // Windows that double cost no more than twice the last one, however long the text is.
  for (let size = Math.ceil(likely * 1.2) + slack * 8; ; size *= 2) {
    const isWhole = size >= text.length
    const tokens = counter.encode(isWhole ? text : text.slice(0, size), { model })
    if (isWhole && tokens.length <= limit) return text.length
    if (!isWhole && tokens.length < limit + slack) continue
    return findByTokens(counting, text, tokens, limit) ?? findByCount(counting, text, limit)
  }
}

/** Goes back from the `limit`th token. Undefined if the decoder does not give back what was encoded. */
function findByTokens(counting: Counting, text: string, tokens: readonly number[], limit: number): number | undefined {
  const { counter, model } = counting
  let partial = 0
  for (let kept = limit; kept > 0;) {
    const beginning = counter.decode?.(tokens.slice(0, kept), { model }) ?? ''
    const end = beginning.length
    if (isBoundary(text, end) && beginning === text.slice(0, end).toWellFormed()) {
      if (isWithin(counting, text, end, limit)) return end
      // In steps that grow, so that few counts are enough.
      kept -= 1 + ((limit - kept) >> 2)
      partial = 0
    } else {
      if (partial === mostPartial) return undefined
      kept--
      partial++
    }
  }
  // Of few tokens each was tried: the first character ends within one, as ` 字` of r50k_base does with its space.
  return limit <= mostPartial ? 0 : undefined
}

/** Bisects by counting, for counters that cannot tell where tokens end: the same without regard to tokens. */
export function findByCount(counting: Counting, text: string, limit: number): number {
  let fitting = 0
  let end = Math.min(text.length, limit * 4 + 1)
  for (;;) {
    if (!isBoundary(text, end)) end++
    if (!isWithin(counting, text, end, limit)) break
    if (end === text.length) return end
    fitting = end
    end = Math.min(text.length, end * 2)
  }
  while (end - fitting > 1) {
    let middle = (fitting + end) >>> 1
    if (!isBoundary(text, middle)) middle++
    if (middle === end) {
      // One character is all that is left between.
      if (middle - fitting <= 2) break
      middle -= 2
    }
    if (isWithin(counting, text, middle, limit)) fitting = middle
    else end = middle
  }
  return fitting
}

function isWithin({ counter, model }: Counting, text: string, end: number, limit: number): boolean {
  return counter.count(text.slice(0, end), { model, limit }) <= limit
}

/** Whether `index` is not between the halves of a surrogate pair. */
function isBoundary(text: string, index: number): boolean {
  return !/^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, index - 1), index + 1))
}
