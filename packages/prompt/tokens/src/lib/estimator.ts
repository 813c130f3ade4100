import { describeValue } from '@empire/errors'
import type { TokenCounter } from './token-counter.ts'

/** An estimating counter for any model: cheap, linear, never 0 for a text that is not empty. */
export function createEstimator(): TokenCounter {
  return Object.freeze({ name: 'estimator', exact: false, count: estimate })
}

function estimate(text: string): number {
  if (typeof text !== 'string') throw new TypeError(`Expected "text" to be a string, got ${describeValue(text)}.`)
  let tokens = 0
  for (let index = 0; index < text.length; index++) tokens += text.charCodeAt(index) < 0x2e80 ? 0.25 : 0.8
  return Math.ceil(tokens)
}
