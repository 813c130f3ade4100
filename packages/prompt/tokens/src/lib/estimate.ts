import { createEstimator } from './estimator.ts'

/** About how many tokens a text has. */
export interface TokenEstimate {
  /** What `createEstimator()` counts. */
  readonly tokens: number
  /** The bounds between which the true count is, for nine of ten texts. Plan with `high` where a limit must hold. */
  readonly low: number
  readonly high: number
}

/** The part by which nine of ten long texts deviate at most, by what they are written in. */
const deviations = { ascii: 0.15, eastAsian: 0.2, other: 0.3 }

/** What comes to it for short texts, over the square root of their tokens. */
const shortness = 0.5

/** Of the shortest texts the estimate itself says little. */
const largest = 0.6

const { count } = createEstimator()

/**
 * An estimate of the tokens of `o200k_base` (GPT-4o and later), with its error: the bounds hold for nine of ten texts of
 * prose, code, JSON and many languages. `pnpm bench estimate` measures them, and a test asserts them, on texts that the
 * estimator was not fitted to. For what looks random (base64, hashes) they do not hold.
 */
export function estimate(text: string): TokenEstimate {
  const tokens = count(text)
  if (tokens === 0) return Object.freeze({ tokens, low: 0, high: 0 })
  const deviation = Math.min(largest, deviationOf(text) + shortness / Math.sqrt(tokens))
  const low = Math.max(1, Math.floor(tokens / (1 + deviation)))
  return Object.freeze({ tokens, low, high: Math.ceil(tokens / (1 - deviation)) })
}

/** By the characters that the text is made of. */
function deviationOf(text: string): number {
  let ascii = 0
  let eastAsian = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) ascii++
    else if (unit >= 0x3000 && unit < 0xd7b0) eastAsian++
  }
  const other = text.length - ascii - eastAsian
  return (ascii * deviations.ascii + eastAsian * deviations.eastAsian + other * deviations.other) / text.length
}
