import { formatPath, type TemplateVariable } from '@empire/template'
import { type Arguments, type Template, type Token, toValueSync, TypeGuards, Value } from 'liquidjs'

/** How often each name is bound where the walk has come to: a count, so that leaving a block costs nothing to look up. */
type Bindings = Map<string, number>

/**
 * The variables that templates take from outside, those of the templates they include among them.
 *
 * The analysis of liquidjs takes quadratic time and does not end on a template that includes itself.
 */
export function freeVariables(templates: Iterable<Template>): readonly TemplateVariable[] {
  const found = new Map<string, TemplateVariable>()
  const visited = new Set<string>()

  function visit(template: Template, bound: Bindings): void {
    for (const path of argumentPaths(template.arguments?.() ?? [])) {
      const [root] = path
      if (root === undefined || bound.has(String(root))) continue
      const name = formatPath(path)
      if (!found.has(name)) found.set(name, Object.freeze({ name, path: Object.freeze(path) }))
    }
    for (const { content } of template.localScope?.() ?? []) bind(bound, content)
    visitChildren(template, bound)
  }

  function visitChildren(template: Template, bound: Bindings): void {
    if (template.children === undefined) return
    const partial = template.partialScope?.()
    const names = [...(partial?.scope ?? template.blockScope?.() ?? [])].map((name) =>
      typeof name === 'string' ? name : name[0],
    )
    if (partial !== undefined) {
      const key = JSON.stringify([partial.name, partial.isolated, names])
      if (visited.has(key)) return
      visited.add(key)
    }
    const inner: Bindings = partial?.isolated === true ? new Map() : bound
    for (const name of names) bind(inner, name)
    for (const child of toValueSync(template.children(true, true))) visit(child, inner)
    for (const name of names) unbind(inner, name)
  }

  const bound: Bindings = new Map()
  for (const template of templates) visit(template, bound)
  return Object.freeze([...found.values()])
}

function bind(bound: Bindings, name: string): void {
  bound.set(name, (bound.get(name) ?? 0) + 1)
}

function unbind(bound: Bindings, name: string): void {
  const count = (bound.get(name) ?? 0) - 1
  if (count > 0) bound.set(name, count)
  else bound.delete(name)
}

function* argumentPaths(values: Arguments): Generator<(string | number)[]> {
  for (const value of values) {
    if (value instanceof Value) {
      for (const token of value.initial.postfix) yield* tokenPaths(token)
      for (const filter of value.filters) {
        for (const argument of filter.args) yield* tokenPaths(Array.isArray(argument) ? argument[1] : argument)
      }
    } else yield* tokenPaths(value)
  }
}

function* tokenPaths(token: Token | undefined): Generator<(string | number)[]> {
  if (TypeGuards.isRangeToken(token)) {
    yield* tokenPaths(token.lhs)
    yield* tokenPaths(token.rhs)
  }
  if (!TypeGuards.isPropertyAccessToken(token)) return
  yield* tokenPaths(token.variable)
  const path: (string | number)[] = []
  let isStatic = token.variable === undefined
  for (const prop of token.props) {
    if (TypeGuards.isPropertyAccessToken(prop)) {
      if (isStatic) yield path.splice(0)
      isStatic = false
      yield* tokenPaths(prop)
    } else if (
      isStatic &&
      'content' in prop &&
      (typeof prop.content === 'string' || typeof prop.content === 'number')
    ) {
      path.push(prop.content)
    } else isStatic = false
  }
  if (path.length > 0) yield path
}
