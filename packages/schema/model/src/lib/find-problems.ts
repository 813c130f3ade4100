import { closestName, describeValue } from '@empire/errors'
import type { z } from 'zod'
import { expectationOf, oneOf } from './expectation.ts'
import { isSecretAt } from './is-secret-at.ts'
import { formatKeys, type ModelProblem } from './model-problem.ts'
import { unwrap, definitionOf } from './zod-parts.ts'

type Issue = z.core.$ZodIssue

/** Everything that is wrong with `value`, in words, from what `schema` said of it. */
export function findProblems(schema: z.ZodType, value: unknown, issues: readonly Issue[]): ModelProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, []))

  function problemsOf(issue: Issue, above: readonly PropertyKey[]): ModelProblem[] {
    const path = [...above, ...issue.path]
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path)
    const nearest = issue.code === 'invalid_union' ? nearestOption(issue.errors) : undefined
    if (nearest !== undefined) return nearest.flatMap((inner) => problemsOf(inner, path))
    if (issue.code === 'invalid_union' && typeof issue.discriminator === 'string') return [wrongKind(issue, path)]
    return [problem(path, expectationOf(issue), suggestionFor(issue, path))]
  }

  function unknownKeys(keys: readonly string[], path: readonly PropertyKey[]): ModelProblem[] {
    const known = keysAt(schema, path)
    return keys.map((key) => {
      const meant = closestName(key, known)
      const expected =
        known.length === 0 ? 'no key of this name' : `a key of ${oneOf(known.map((name) => JSON.stringify(name)))}`
      return problem([...path, key], expected, meant, `the unknown key ${describeKey(key)}`)
    })
  }

  function wrongKind(issue: Issue & { code: 'invalid_union' }, path: readonly PropertyKey[]): ModelProblem {
    const at = path.at(-1) === issue.discriminator ? path : [...path, issue.discriminator as string]
    const options = (issue as { options?: readonly unknown[] }).options ?? []
    const words = options.map((option) => (typeof option === 'string' ? JSON.stringify(option) : String(option)))
    return problem(at, words.length === 0 ? 'a known kind' : oneOf(words), closestText(valueAt(value, at), options))
  }

  function problem(
    path: readonly PropertyKey[],
    expected: string,
    suggestion: string | undefined,
    came?: string,
  ): ModelProblem {
    const keys = path.map((key) => (typeof key === 'number' ? key : String(key)))
    const received = came ?? describe(path)
    return { path: formatKeys(keys), keys, expected, received, ...(suggestion === undefined ? {} : { suggestion }) }
  }

  function describe(path: readonly PropertyKey[]): string {
    const came = valueAt(value, path)
    if (came === undefined) return 'nothing'
    return isSecretAt(schema, path) ? '[redacted]' : describeValue(came)
  }

  function suggestionFor(issue: Issue, path: readonly PropertyKey[]): string | undefined {
    const came = valueAt(value, path)
    if (issue.code === 'invalid_value') return closestText(came, issue.values)
    const key = path.at(-1)
    if (came !== undefined || typeof key !== 'string') return undefined
    // A key is missing: perhaps it is there under a name much like it.
    const beside = valueAt(value, path.slice(0, -1))
    if (typeof beside !== 'object' || beside === null) return undefined
    const known = new Set(keysAt(schema, path.slice(0, -1)))
    return closestName(
      key,
      Object.keys(beside).filter((name) => !known.has(name)),
    )
  }
}

function describeKey(key: string): string {
  return describeValue(key).replace(/^a string \((.*)\)$/, '$1')
}

function closestText(value: unknown, texts: readonly unknown[]): string | undefined {
  if (typeof value !== 'string') return undefined
  return closestName(
    value,
    texts.filter((text) => typeof text === 'string'),
  )
}

/** The issues of the option that got furthest; none where no option got beyond the value itself. */
function nearestOption(options: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const reached = options.filter(
    (issues) => issues.length > 0 && issues.every((issue) => issue.path.length > 0 || !isType(issue)),
  )
  return reached.toSorted((a, b) => a.length - b.length)[0]
}

function isType(issue: Issue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value'
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const key of path) {
    if ((typeof current !== 'object' && typeof current !== 'function') || current === null) return undefined
    current = current instanceof Map ? current.get(key) : (current as Readonly<Record<PropertyKey, unknown>>)[key]
  }
  return current
}

/** The keys that an object at a path may have, as far as the schema names them. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let places = objectsAt(schema)
  for (const key of path) {
    places = places.flatMap((place) => {
      const { shape, element, valueType, items, rest } = definitionOf(place)
      const inner =
        (shape !== undefined && Object.hasOwn(shape, key) ? shape[String(key)] : undefined) ??
        element ??
        valueType ??
        items?.[Number(key)] ??
        rest
      return inner === undefined || inner === null ? [] : objectsAt(inner)
    })
  }
  return [...new Set(places.flatMap((place) => Object.keys(definitionOf(place).shape ?? {})))]
}

/** The schemas with parts that describe a value: through wrappers, pipes and options. */
function objectsAt(schema: z.ZodType): z.ZodType[] {
  const all = new Set([schema])
  for (const part of all) {
    const inner = unwrap(part)
    const { in: first, out: last, options = [], left, right } = definitionOf(inner)
    // What a transform is fed by tells the keys, not what it gives.
    const input = first !== undefined && definitionOf(first).type !== 'transform' ? first : last
    for (const next of [inner, input, left, right, ...options]) if (next !== undefined) all.add(next)
  }
  return [...all]
}
