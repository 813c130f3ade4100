import { closestName } from '@empire/errors'
import { checkAssigns } from './check-assigns.ts'
import { formatPath } from './format-path.ts'
import type { Assigns, TemplateVariable } from './template-engine.ts'

/** What `compareAssigns` finds. A variable is in one of the lists at most. */
export interface AssignsReport {
  /** The variables that nothing is given for. */
  readonly missing: readonly TemplateVariable[]
  /** The variables that nothing is given for, but something with almost the same name. */
  readonly misspelt: readonly MisspeltVariable[]
  /** The names of the values that no variable takes, nor was meant to take. */
  readonly unused: readonly string[]
}

/** A variable and the value that was probably meant. */
export interface MisspeltVariable extends TemplateVariable {
  /** The path of what is given, as one text: `user.name` for the variable `user.nmae`. */
  readonly given: string
}

/** Names that are compared by their letters in one report: looking for slips costs variables times values. */
const mostComparisons = 20_000

/**
 * Holds the variables of a template, as its engine tells them, against the values it is to be rendered with.
 *
 * A variable that the template can do without is missing like any other. Paths are followed through plain objects and
 * the indexes of arrays; what else a value has, as the `size` of a text, only its engine knows, so it is not missing.
 * `null` is a value, `undefined` is none. After 20,000 comparisons of names, slips are no longer looked for.
 */
export function compareAssigns(variables: readonly TemplateVariable[], assigns: Assigns): AssignsReport {
  checkAssigns(assigns)
  const missing: TemplateVariable[] = []
  const misspelt: MisspeltVariable[] = []
  const taken = new Set<unknown>()
  let comparisons = 0
  for (const variable of variables) {
    taken.add(variable.path[0])
    const gap = firstGap(variable, assigns)
    if (gap === undefined) continue
    const names = Object.keys(gap.owner).filter((name) => name !== gap.key)
    comparisons += names.length
    const closest = comparisons > mostComparisons ? undefined : closestName(gap.key, names)
    if (closest === undefined) missing.push(variable)
    else {
      const path = [...variable.path.slice(0, gap.depth), closest]
      misspelt.push(Object.freeze({ ...variable, given: formatPath(path) }))
      taken.add(path[0])
    }
  }
  const unused = Object.keys(assigns).filter((name) => !taken.has(name))
  return Object.freeze({
    missing: Object.freeze(missing),
    misspelt: Object.freeze(misspelt),
    unused: Object.freeze(unused),
  })
}

interface Gap {
  /** What does not have the key. */
  readonly owner: object
  readonly key: string
  /** How many keys of the path lead to the owner. */
  readonly depth: number
}

function firstGap({ path }: TemplateVariable, assigns: Assigns): Gap | undefined {
  let value: unknown = assigns
  for (const [depth, key] of path.entries()) {
    const owner: unknown = value
    if (Array.isArray(owner) && typeof key === 'number') value = owner.at(key)
    else if (owner === assigns || isPlain(owner)) value = ownValue(owner as Assigns, key)
    else if (owner === null) value = undefined
    else return undefined
    if (value === undefined) return { owner: Array.isArray(owner) ? [] : (owner ?? {}), key: String(key), depth }
  }
  return undefined
}

function ownValue(owner: Assigns, key: string | number): unknown {
  return Object.hasOwn(owner, key) ? owner[key] : undefined
}

function isPlain(value: unknown): value is Assigns {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
