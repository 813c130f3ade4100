import { closestName } from '@empire/errors'
import type { Filter, FilterTable, VisitableExpression } from '../filters/filter.ts'
import type { Markup } from '../parse/markup.ts'
import { LiquidFailure, syntaxFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import type { VariableWalk } from '../render/variable-walk.ts'
import { evaluate, evaluateLeniently, type Expression, parseExpression } from './expression.ts'

/** A value and the filters it goes through: `name | upcase | truncate: 9`. */
export interface FilteredValue {
  readonly initial: Expression
  readonly filters: readonly FilterCall[]
  /** Whether the last filter is `raw`. */
  readonly isRaw: boolean
}

/** One use of a filter. */
export interface FilterCall {
  readonly name: string
  readonly filter: Filter
  readonly at: number
  readonly args: readonly Expression[]
  readonly named: readonly (readonly [name: string, value: Expression])[]
  /** The expression in its arguments, where it takes one and the template says which. */
  readonly inner: VisitableExpression | undefined
}

/** Reads a value with its filters, up to the end of the markup. */
export function parseFilteredValue(markup: Markup, table: FilterTable): FilteredValue {
  const initial = parseExpression(markup)
  const filters = parseFilters(markup, table)
  markup.expectEnd()
  return { initial, filters, isRaw: filters.at(-1)?.name === 'raw' }
}

/** Reads the filters that stand behind a value. */
export function parseFilters(markup: Markup, table: FilterTable): FilterCall[] {
  const filters: FilterCall[] = []
  while (markup.take('|')) {
    const { at } = markup
    const name = markup.expectName('the name of a filter')
    const [args, named] = markup.take(':') ? parseArguments(markup) : [[], []]
    const filter = table.filters.get(name)
    if (filter === undefined) {
      if (table.isStrict) throw unknownFilter(name, at, table)
      continue
    }
    checkArguments(name, filter, args.length, named, at)
    const inner = filter.takesExpression === true ? literalExpression(args, table, at) : undefined
    filters.push({ name, filter, at, args, named, inner })
  }
  return filters
}

/** The expression in arguments that are texts, else nothing; fails at the place of the filter. */
function literalExpression(
  args: readonly Expression[],
  table: FilterTable,
  at: number,
): VisitableExpression | undefined {
  const [name, text] = args.map((arg) => (arg.type === 'literal' ? arg.value : undefined))
  if (typeof name !== 'string' || typeof text !== 'string') return undefined
  try {
    return table.readExpression(name, text)
  } catch (error) {
    if (!(error instanceof LiquidFailure)) throw error
    throw new LiquidFailure(error.code, `In ${JSON.stringify(text)}: ${error.message}`, { at, details: error.details })
  }
}

/** Reads arguments with commas between them: values, and values by name. */
export function parseArguments(markup: Markup): [args: Expression[], named: [name: string, value: Expression][]] {
  const args: Expression[] = []
  const named: [string, Expression][] = []
  do {
    if (markup.kind === 'end' || markup.is('|')) break
    const value = parseExpression(markup)
    const isName = value.type === 'path' && value.keys.length === 0 && typeof value.root === 'string'
    if (isName && markup.take(':')) named.push([String(value.root), parseExpression(markup)])
    else args.push(value)
  } while (markup.take(','))
  return [args, named]
}

function unknownFilter(name: string, at: number, { filters }: FilterTable): Error {
  const closest = closestName(name, filters.keys())
  const hint = closest === undefined ? 'Register it in "filters".' : `Did you mean "${closest}"?`
  return syntaxFailure(`The filter "${name}" does not exist. ${hint}`, at)
}

function checkArguments(
  name: string,
  { least, most, names }: Filter,
  count: number,
  named: readonly (readonly [string, Expression])[],
  at: number,
): void {
  const unknown = named.find(([key]) => names !== undefined && !names.includes(key))
  if (unknown !== undefined) throw syntaxFailure(`The filter "${name}" takes no argument "${unknown[0]}".`, at)
  if (count >= least && count <= most) return
  const wanted = least === most ? String(least) : `${least} to ${most}`
  throw syntaxFailure(`The filter "${name}" takes ${wanted} argument${wanted === '1' ? '' : 's'}, got ${count}.`, at)
}

/** The value behind the filters. A variable that is not defined is an error, unless the first filter is `default`. */
export function evaluateFiltered({ initial, filters }: FilteredValue, run: Run): unknown {
  const value = filters[0]?.name === 'default' ? evaluateLeniently(initial, run) : evaluate(initial, run)
  return applyFilters(value, filters, run)
}

/** A value behind filters. */
export function applyFilters(initial: unknown, filters: readonly FilterCall[], run: Run): unknown {
  let value = initial
  for (const { filter, at, args, named, inner } of filters) {
    run.step()
    const given = args.map((arg) => evaluate(arg, run) ?? null)
    const options = named.map(([name, arg]) => [name, evaluate(arg, run)] as const)
    run.at = at
    value = filter.apply(run, value, given, options, inner)
  }
  return value
}

/** Tells the variables in a value with its filters, in the order in which they are evaluated. */
export function visitFiltered({ initial, filters }: FilteredValue, walk: VariableWalk): void {
  walk.reads(initial)
  visitFilters(filters, walk)
}

/** Tells the variables in the arguments of filters. */
export function visitFilters(filters: readonly FilterCall[], walk: VariableWalk): void {
  for (const { args, named, inner } of filters) {
    for (const arg of args) walk.reads(arg)
    for (const [, value] of named) walk.reads(value)
    inner?.visit(walk)
  }
}
