import type { Markup } from '../parse/markup.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import { codeUnitsBefore, indexOfText } from '../values/search-text.ts'
import { equalValues } from '../values/equal-values.ts'
import { isPlainObject } from '../values/is-plain-object.ts'
import { keysOf } from '../values/keys-of.ts'
import { LiquidRange } from '../values/liquid-range.ts'
import { printValue } from '../values/print-value.ts'
import { isNumber, plainNumber } from '../values/to-number.ts'
import { evaluateLeniently, type Expression, parseExpression } from './expression.ts'

/** Comparisons joined by `and` and `or`, which bind to the right: `a and (b or c)`. */
export interface Condition {
  readonly terms: readonly Comparison[]
  /** What stands behind each term but the last. */
  readonly joints: readonly ('and' | 'or')[]
}

export interface Comparison {
  /** Whether `not` stands before it. */
  readonly isNegated: boolean
  readonly left: Expression
  readonly operator: string | undefined
  readonly right: Expression | undefined
}

/** Reads a condition up to the end of the markup. */
export function parseCondition(markup: Markup): Condition {
  const condition = parseTerms(markup)
  markup.expectEnd()
  return condition
}

/** Reads a condition, or a value alone. */
export function parseTerms(markup: Markup): Condition {
  const terms = [parseComparison(markup)]
  const joints: ('and' | 'or')[] = []
  while (markup.is('and') || markup.is('or')) {
    joints.push(markup.next() === 'and' ? 'and' : 'or')
    terms.push(parseComparison(markup))
  }
  return { terms, joints }
}

function parseComparison(markup: Markup): Comparison {
  const isNegated = markup.takePrefix('not')
  const left = parseExpression(markup)
  if (markup.kind !== 'comparison' && !markup.is('contains')) {
    return { isNegated, left, operator: undefined, right: undefined }
  }
  return { isNegated, left, operator: markup.next(), right: parseExpression(markup) }
}

/** Whether a condition holds. Variables that are not defined count for nil: this asks for them. */
export function holds({ terms, joints }: Condition, run: Run): boolean {
  let result = false
  for (const [index, term] of terms.entries()) {
    result = compare(term, run) !== term.isNegated
    const joint = joints[index]
    if ((joint === 'or' && result) || (joint === 'and' && !result)) return result
  }
  return result
}

function compare({ left, operator, right }: Comparison, run: Run): boolean {
  run.step()
  const value = evaluateLeniently(left, run)
  if (operator === undefined || right === undefined) return isTruthy(value)
  if (operator === '==') return equalTo(left, value, right, run)
  if (operator === '!=' || operator === '<>') return !equalTo(left, value, right, run)
  const other = evaluateLeniently(right, run)
  return operator === 'contains' ? contains(value, other, run) : inOrder(operator, value, other, run)
}

/** Whether a value is neither nil nor false. */
export function isTruthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}

/** Whether the values of two expressions are equal, the first of which is known. */
export function equalTo(left: Expression, value: unknown, right: Expression, run: Run): boolean {
  const word = wordOf(left) ?? wordOf(right)
  if (word === undefined) return equalValues(value, evaluateLeniently(right, run), run)
  // Neither word is empty or blank itself.
  if (wordOf(left) !== undefined && wordOf(right) !== undefined) return false
  return isNothing(wordOf(left) === undefined ? value : evaluateLeniently(right, run), word, run)
}

function wordOf(expression: Expression): 'empty' | 'blank' | undefined {
  return expression.type === 'literal' ? expression.word : undefined
}

/** Whether a value is `empty`, or `blank`: that is also nil, false and white space. */
function isNothing(value: unknown, word: 'empty' | 'blank', run: Run): boolean {
  if (typeof value === 'string') {
    if (word === 'empty') return value === ''
    run.work(value.length)
    return !/\S/.test(value)
  }
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof LiquidRange) return false
  if (typeof value !== 'object' || value === null) return word === 'blank' && !isTruthy(value)
  return isPlainObject(value) && keysOf(value, run).length === 0
}

function contains(whole: unknown, part: unknown, run: Run): boolean {
  if (!isTruthy(whole) || !isTruthy(part)) return false
  if (typeof whole === 'string') return indexOfText(whole, printValue(part, run), run) !== -1
  if (Array.isArray(whole)) return whole.some((item) => equalValues(item, part, run))
  if (whole instanceof LiquidRange) {
    return isNumber(part) && plainNumber(part) >= whole.first && plainNumber(part) <= whole.last
  }
  return typeof whole === 'object' && whole !== null && typeof part === 'string' && Object.hasOwn(whole, part)
}

/** What has no order, like nil, is neither before nor after anything. */
function inOrder(operator: string, left: unknown, right: unknown, run: Run): boolean {
  if (!hasOrder(left) || !hasOrder(right)) return false
  const order = orderOf(left, right, run)
  if (order === undefined) throw renderFailure(`A text and a number cannot be compared by "${operator}".`)
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

function hasOrder(value: unknown): boolean {
  return typeof value === 'string' || isNumber(value) || value instanceof Date
}

/** Which of two values comes first: negative, 0, positive; `undefined` if they cannot be compared. */
export function orderOf(left: unknown, right: unknown, run: Run): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    run.work(Math.min(left.length, right.length))
    return codeUnitsBefore(left, right)
  }
  if (isNumber(left) && isNumber(right)) {
    if (typeof left === 'bigint' || typeof right === 'bigint') {
      const [first, second] = [exact(left), exact(right)]
      return first < second ? -1 : first > second ? 1 : 0
    }
    return plainNumber(left) - plainNumber(right)
  }
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime()
  return undefined
}

function exact(value: unknown): number | bigint {
  return typeof value === 'bigint' ? value : isNumber(value) ? plainNumber(value) : 0
}
