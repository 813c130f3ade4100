import { formatPath, type TemplateVariable } from '@empire/template'
import { type Expression, staticPath } from './expression/expression.ts'
import type { ParsedTemplate } from './parse/parsed-template.ts'
import { limitFailure } from './render/liquid-failure.ts'
import { visitBody } from './render/node.ts'

/** The template at a path; told the includer and where in it. */
export type LoadPartial = (path: string, includer: ParsedTemplate, at: number) => ParsedTemplate

/** What a template takes from outside, and what it sets for those who include it. */
interface Interface {
  readonly reads: ReadonlyMap<string, TemplateVariable>
  readonly binds: ReadonlySet<string>
}

const nothing: Interface = { reads: new Map(), binds: new Set() }

/** How deeply templates may include each other. */
const deepest = 100

/** The variables that a template takes from outside, those of the templates that it includes among them. */
export function freeVariables(whole: ParsedTemplate, load: LoadPartial): readonly TemplateVariable[] {
  // Each partial is looked at once for each set of names that it is given; one that includes itself adds nothing anew.
  const known = new Map<string, Interface>()
  let depth = 0

  function interfaceOf(template: ParsedTemplate, given: readonly string[]): Interface {
    const reads = new Map<string, TemplateVariable>()
    const bound = new Bindings()
    /** The names that are set where the walk has come to, since the branch began. */
    let set = new Set<string>()

    function read(variable: TemplateVariable): void {
      if (!bound.has(String(variable.path[0])) && !reads.has(variable.name)) reads.set(variable.name, variable)
    }
    function bind(name: string): void {
      if (set.has(name)) return
      set.add(name)
      bound.add(name)
    }
    function branches(tasks: readonly (() => void)[], isOneRendered: boolean): void {
      const outer = set
      let common: ReadonlySet<string> | undefined
      for (const task of tasks) {
        set = new Set()
        task()
        const inner = set
        for (const name of inner) bound.remove(name)
        common = common === undefined ? inner : new Set([...common].filter((name) => inner.has(name)))
      }
      set = outer
      if (isOneRendered) for (const name of common ?? []) bind(name)
    }
    function within(names: readonly string[], task: () => void): void {
      for (const name of names) bound.add(name)
      task()
      for (const name of names) bound.remove(name)
    }
    function include(path: string, at: number, names: readonly string[], isIsolated: boolean): void {
      const partial = partialOf(path, template, at, names)
      for (const variable of partial.reads.values()) {
        if (isIsolated) reads.set(variable.name, reads.get(variable.name) ?? variable)
        else read(variable)
      }
      if (!isIsolated) for (const name of partial.binds) bind(name)
    }
    const walk = { reads: (expression: Expression) => pathsIn(expression).forEach(read), binds: bind, within, branches }
    within(given, () => visitBody(template.body, { ...walk, includes: include }))
    return { reads, binds: set }
  }

  function partialOf(path: string, includer: ParsedTemplate, at: number, names: readonly string[]): Interface {
    const key = JSON.stringify([path, names])
    const made = known.get(key)
    if (made !== undefined) return made
    if (++depth > deepest) throw limitFailure('depth', at)
    known.set(key, nothing)
    const found = interfaceOf(load(path, includer, at), names)
    known.set(key, found)
    depth--
    return found
  }

  return Object.freeze([...interfaceOf(whole, []).reads.values()])
}

/** The variables in an expression, those in its brackets behind it. */
function pathsIn(whole: Expression): TemplateVariable[] {
  const found: TemplateVariable[] = []
  const waiting = [whole]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === 'range') waiting.push(next.last, next.first)
    if (next.type !== 'path') continue
    const path = staticPath(next)
    if (path.length > 0) found.push(Object.freeze({ name: formatPath(path), path: Object.freeze(path) }))
    for (const part of [next.root, ...next.keys].toReversed()) if (typeof part !== 'string') waiting.push(part)
  }
  return found
}

/** How often each name is set where the walk has come to: a count, so that leaving a block takes no search. */
class Bindings {
  readonly #counts = new Map<string, number>()

  has(name: string): boolean {
    return this.#counts.has(name)
  }

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  remove(name: string): void {
    const count = (this.#counts.get(name) ?? 0) - 1
    if (count > 0) this.#counts.set(name, count)
    else this.#counts.delete(name)
  }
}
