import { formatPath } from '@empire/template'
import type { Markup } from '../parse/markup.ts'
import { LiquidFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import { asFloat } from '../values/float.ts'
import { LiquidRange } from '../values/liquid-range.ts'
import { printValue } from '../values/print-value.ts'
import { propertyOf } from '../values/property.ts'
import { isNumber, plainNumber, toInteger, wholeNumber } from '../values/to-number.ts'

/** Something that has a value: `"text"`, `(1..n)`, `user.names[0]`. */
export type Expression = LiteralExpression | RangeExpression | PathExpression

export interface LiteralExpression {
  readonly type: 'literal'
  readonly value: unknown
  /** `empty` and `blank` are texts without a character, except where something is compared with them. */
  readonly word?: 'empty' | 'blank'
}

export interface RangeExpression {
  readonly type: 'range'
  readonly first: Expression
  readonly last: Expression
}

export interface PathExpression {
  readonly type: 'path'
  readonly root: string | Expression
  readonly keys: readonly PathKey[]
  /** As it stands in the template, and where. */
  readonly text: string
  readonly at: number
}

/** A key behind a dot, or in brackets. */
export type PathKey = string | Expression

const words = new Map<string, LiteralExpression>([
  ['nil', { type: 'literal', value: null }],
  ['null', { type: 'literal', value: null }],
  ['true', { type: 'literal', value: true }],
  ['false', { type: 'literal', value: false }],
  ['empty', { type: 'literal', value: '', word: 'empty' }],
  ['blank', { type: 'literal', value: '', word: 'blank' }],
])

/** Reads an expression. Throws if there is none. */
export function parseExpression(markup: Markup): Expression {
  switch (markup.kind) {
    case 'string':
      return { type: 'literal', value: markup.next().slice(1, -1) }
    case 'number':
      return { type: 'literal', value: parseNumber(markup.next()) }
    case 'name':
      return parsePath(markup)
    default:
      if (markup.is('[')) return parsePath(markup)
      if (markup.is('(')) return markup.nested(() => parseRange(markup))
      throw markup.unexpected('a value')
  }
}

function parseNumber(text: string): unknown {
  return text.includes('.') ? asFloat(Number(text)) : wholeNumber(text)
}

function parseRange(markup: Markup): RangeExpression {
  markup.expect('(')
  const first = parseExpression(markup)
  markup.expect('..')
  const last = parseExpression(markup)
  markup.expect(')')
  return { type: 'range', first, last }
}

function parsePath(markup: Markup): Expression {
  const { at } = markup
  const root = markup.is('[') ? parseBracket(markup) : markup.next()
  const keys: PathKey[] = []
  for (;;) {
    if (markup.is('[')) keys.push(parseBracket(markup))
    else if (markup.take('.')) keys.push(markup.expectName('a name'))
    else break
  }
  const word = typeof root === 'string' && keys.length === 0 ? words.get(root) : undefined
  return word ?? { type: 'path', root, keys, text: markup.slice(at, markup.lastEnd), at }
}

function parseBracket(markup: Markup): Expression {
  return markup.nested(() => {
    markup.expect('[')
    const key = parseExpression(markup)
    markup.expect(']')
    return key
  })
}

/** The value of an expression. A variable that is not defined is an error where the engine is strict. */
export function evaluate(expression: Expression, run: Run): unknown {
  if (expression.type === 'literal') return expression.value
  const value = evaluateLeniently(expression, run)
  if (value === undefined && run.settings.strictVariables && expression.type === 'path') {
    throw undefinedVariable(expression, run)
  }
  return value
}

/** The value of an expression, `undefined` for a variable that is not defined. */
export function evaluateLeniently(expression: Expression, run: Run): unknown {
  switch (expression.type) {
    case 'literal':
      return expression.value
    case 'range':
      return new LiquidRange(boundOf(expression.first, run), boundOf(expression.last, run))
    case 'path':
      return follow(expression, run)
  }
}

function follow({ root, keys }: PathExpression, run: Run): unknown {
  let value = run.scope.lookUp(typeof root === 'string' ? root : printValue(evaluate(root, run), run))
  for (const key of keys) {
    if (value === undefined || value === null) return undefined
    value =
      typeof key === 'string' ? propertyOf(value, key, true, run) : propertyOf(value, evaluate(key, run), false, run)
  }
  return value
}

/** A text counts for the number that it begins with. */
function boundOf(expression: Expression, run: Run): number {
  const value = evaluate(expression, run)
  if (isNumber(value)) return Math.trunc(plainNumber(value))
  if (value === null || value === undefined) return 0
  if (typeof value !== 'string') return toInteger(value, run)
  run.work(value.length)
  return Number(/^\s*([+-]?\d+)/.exec(value)?.[1] ?? 0)
}

/** Names how far the path is defined; a key that is taken from a value must not get into a message. */
function undefinedVariable(expression: PathExpression, run: Run): LiquidFailure {
  const { root, at } = expression
  const path = staticPath(expression)
  let variable = expression.text
  if (path.length > expression.keys.length && typeof root === 'string') {
    let value = run.scope.lookUp(root)
    let depth = 1
    for (const key of expression.keys) {
      if (value === undefined || value === null) break
      const isCommand = typeof key === 'string'
      value = propertyOf(value, isCommand ? key : evaluate(key, run), isCommand, run)
      depth++
    }
    variable = formatPath(path.slice(0, depth))
  }
  const name = variable.length > 300 ? `${variable.slice(0, 300)}…` : variable
  const problem = `The variable "${name}" is not defined. Pass it in the assigns, or give it a default: {{ ${name} | default: "" }}.`
  return new LiquidFailure('template_undefined_variable', problem, { at, details: { variable } })
}

/** The keys to follow from the assigns, up to the first that only rendering can tell. */
export function staticPath({ root, keys }: PathExpression): (string | number)[] {
  const path: (string | number)[] = []
  for (const part of [root, ...keys]) {
    const key = typeof part === 'string' ? part : part.type === 'literal' ? part.value : undefined
    if (typeof key !== 'string' && typeof key !== 'number') break
    path.push(key)
  }
  return path
}
