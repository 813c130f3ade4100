import { evaluate, evaluateLeniently, type Expression, parseExpression } from '../expression/expression.ts'
import type { Markup } from '../parse/markup.ts'
import type { VariableWalk } from '../render/variable-walk.ts'
import type { TagParser } from '../parse/template-parser.ts'
import { renderFailure, syntaxFailure } from '../render/liquid-failure.ts'
import type { Interrupt } from '../render/interrupt.ts'
import type { Node } from '../render/node.ts'
import type { Run } from '../render/run.ts'
import { Scope } from '../render/scope.ts'
import { ForloopDrop } from '../values/forloop-drop.ts'
import { itemsOf } from '../values/list-of.ts'

/** What an `include` or `render` says. */
interface Inclusion {
  readonly at: number
  readonly path: Expression
  readonly joint: 'with' | 'for' | undefined
  /** What stands behind the joint, and the name that it is given. */
  readonly subject: Expression | undefined
  readonly alias: string | undefined
  readonly given: readonly (readonly [name: string, value: Expression])[]
}

/** `include`: another template that sees and sets the variables of this one. */
export const includeTag: TagParser = (tag, parser): Node => {
  const inclusion = parseInclusion(tag, parser)
  return {
    at: tag.begin,
    isBlank: false,
    render: (run) => renderIncluded(inclusion, run),
    visit: (walk) => visitInclusion(inclusion, walk, false),
  }
}

/** `render`: another template that sees only what it is given. */
export const renderTag: TagParser = (tag, parser): Node => {
  const inclusion = parseInclusion(tag, parser)
  const { path } = inclusion
  if (path.type !== 'literal' || typeof path.value !== 'string') {
    throw syntaxFailure('"render" takes the path of a template in quotes.', tag.begin)
  }
  return {
    at: tag.begin,
    isBlank: false,
    render: (run) => renderIsolated(inclusion, run),
    visit: (walk) => visitInclusion(inclusion, walk, true),
  }
}

function parseInclusion(...[tag, parser]: Parameters<TagParser>): Inclusion {
  const markup = parser.markupOf(tag)
  const path = parseExpression(markup)
  const joint = markup.is('with') || markup.is('for') ? (markup.next() as 'with' | 'for') : undefined
  const subject = joint === undefined ? undefined : parseExpression(markup)
  const alias = markup.take('as') ? markup.expectName('a name') : undefined
  return { at: tag.begin, path, joint, subject, alias, given: parseGiven(markup) }
}

/** Reads the values that a template is given, with their names, up to the end of the markup. */
export function parseGiven(markup: Markup): (readonly [name: string, value: Expression])[] {
  const given: (readonly [string, Expression])[] = []
  while (markup.kind !== 'end') {
    if (markup.take(',')) continue
    const name = markup.expectName('the name of a value')
    markup.expect(':')
    given.push([name, parseExpression(markup)])
  }
  return given
}

function renderIncluded(inclusion: Inclusion, run: Run): Interrupt {
  const { scope } = run
  if (scope.isIsolated) throw renderFailure('"include" cannot be used in a template that is rendered with "render".')
  const path = evaluate(inclusion.path, run)
  if (typeof path !== 'string') throw renderFailure('"include" takes the path of a template as a text.')
  run.at = inclusion.at
  const template = run.settings.load(path)
  const subject = inclusion.subject === undefined ? scope.lookUp(path) : evaluate(inclusion.subject, run)
  const frame = new Map(inclusion.given.map(([name, value]) => [name, evaluate(value, run)]))
  const name = inclusion.alias ?? nameOf(path)
  return scope.within(frame, () => {
    if (!Array.isArray(subject)) {
      if (subject !== undefined || inclusion.subject !== undefined) frame.set(name, subject ?? null)
      return run.include(template, scope)
    }
    for (const item of subject as readonly unknown[]) {
      run.step()
      frame.set(name, item ?? null)
      const interrupt = run.include(template, scope)
      if (interrupt !== undefined) return interrupt
    }
    return undefined
  })
}

function renderIsolated(inclusion: Inclusion, run: Run): Interrupt {
  const path = String(evaluate(inclusion.path, run))
  const template = run.settings.load(path)
  const name = inclusion.alias ?? nameOf(path)
  const subject = inclusion.subject === undefined ? undefined : evaluate(inclusion.subject, run)
  const given = inclusion.given.map(([key, value]) => [key, evaluateLeniently(value, run)] as const)

  function renderOnce(item: unknown, forloop?: ForloopDrop): void {
    const inner = new Scope({}, true)
    for (const [key, value] of given) inner.locals.set(key, value)
    if (item !== undefined && item !== null) inner.locals.set(name, item)
    if (forloop !== undefined) inner.locals.set('forloop', forloop)
    // A break in it ends it, and nothing else.
    run.include(template, inner)
  }

  if (inclusion.joint === 'for' && typeof subject === 'object' && subject !== null) {
    const items = itemsOf(subject, run)
    const forloop = new ForloopDrop(path, items.length, undefined)
    for (; forloop.index0 < items.length; forloop.index0++) {
      run.step()
      run.use(1)
      renderOnce(items.at(forloop.index0), forloop)
    }
  } else renderOnce(subject)
  return undefined
}

/** The last part of a path is the name that a template's subject has in it. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function visitInclusion(inclusion: Inclusion, walk: VariableWalk, isIsolated: boolean): void {
  const { path, subject, given, alias, joint, at } = inclusion
  walk.reads(path)
  if (subject !== undefined) walk.reads(subject)
  for (const [, value] of given) walk.reads(value)
  if (path.type !== 'literal' || typeof path.value !== 'string') return
  const names = given.map(([name]) => name)
  if (subject !== undefined) names.push(alias ?? nameOf(path.value))
  if (isIsolated && joint === 'for') names.push('forloop')
  walk.includes(path.value, at, names, isIsolated)
}
