import { closestName, describeValue } from '@empire/errors'
import type { Issue as AnyIssue } from '@empire/schema'
import type { z } from 'zod'
import { describeData, valueAt } from './describe-data.ts'
import { expectationOf, oneOf } from './expectation.ts'
import { findingOf } from './finding.ts'
import { formatKeys, type ModelProblem } from './model-problem.ts'
import { nearestOption } from './nearest-option.ts'
import { createSchemaPlace, type SchemaPlace } from './schema-place.ts'
import { wordsOfAuthor } from './words-of-author.ts'

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/** Names that are compared for suggestions, over all problems: none are made for what comes behind. */
const mostCompared = 50_000

/** Everything that is wrong with `value`, in words, from what `schema` said of it. Linear in the number of issues. */
export function findProblems(schema: z.ZodType, value: unknown, issues: readonly (Issue | AnyIssue)[]): ModelProblem[] {
  const root = createSchemaPlace([schema])
  const strangers = new Map<object, readonly string[]>()
  let compared = 0
  return (issues as readonly Issue[]).flatMap((issue) => problemsOf(issue, []))

  function problemsOf(issue: Issue, above: Path): ModelProblem[] {
    const path = asInData([...above, ...issue.path])
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, path)
    if (issue.code !== 'invalid_union') return [problem(issue, path)]
    const nearest = nearestOption(issue.errors, valueAt(value, path))
    if (nearest !== undefined) return nearest.flatMap((inner) => problemsOf(inner, path))
    return [typeof issue.discriminator === 'string' ? wrongKind(issue, path) : problem(issue, path)]
  }

  function problem(issue: Issue, path: Path): ModelProblem {
    const place = placeAt(path)
    const came = valueAt(value, path)
    const received = findingOf(issue)?.received ?? describeWhatCame(issue, path, came)
    const words = wordsOfAuthor(issue, place.isSecret ? came : undefined)
    return toProblem(path, place, {
      expected: words ?? expectationOf(issue, came),
      received,
      suggestion: suggestionFor(issue, path, came),
      ...(words === undefined
        ? {}
        : { message: `${words.replace(/[.!]+$/, '')} (received ${shown(place, received)}).` }),
    })
  }

  function unknownKeys(keys: readonly string[], path: Path): ModelProblem[] {
    const place = placeAt(path)
    const known = place.keys()
    const expected =
      known.length === 0 ? 'no key of this name' : `a key of ${oneOf(known.map((key) => JSON.stringify(key)))}`
    return keys.map((key) =>
      toProblem([...path, key], undefined, {
        expected,
        received: `the unknown key ${describeKey(key)}`,
        suggestion: closest(key, known),
      }),
    )
  }

  function wrongKind(issue: Issue & { code: 'invalid_union' }, above: Path): ModelProblem {
    const path = above.at(-1) === issue.discriminator ? above : [...above, issue.discriminator as string]
    const options = (issue as { options?: readonly unknown[] }).options ?? []
    const words = options.map((option) => (typeof option === 'string' ? JSON.stringify(option) : String(option)))
    const came = valueAt(value, path)
    return toProblem(path, placeAt(path), {
      expected: words.length === 0 ? 'a known kind' : oneOf(words),
      received: describeData(came),
      suggestion: came === undefined ? nameFor(path) : closestText(came, options),
    })
  }

  function suggestionFor(issue: Issue, path: Path, came: unknown): string | undefined {
    if (came === undefined) return nameFor(path)
    return issue.code === 'invalid_value' ? closestText(came, issue.values) : undefined
  }

  /** A key is missing: perhaps it is there under a name much like it. */
  function nameFor(path: Path): string | undefined {
    const key = path.at(-1)
    const beside = valueAt(value, path.slice(0, -1))
    if (typeof key !== 'string' || typeof beside !== 'object' || beside === null) return undefined
    let names = strangers.get(beside)
    if (names === undefined) {
      const known = new Set(placeAt(path.slice(0, -1)).keys())
      names = Object.keys(beside).filter((name) => !known.has(name))
      strangers.set(beside, names)
    }
    return closest(key, names)
  }

  function closestText(came: unknown, texts: readonly unknown[]): string | undefined {
    return typeof came === 'string'
      ? closest(
          came,
          texts.filter((text) => typeof text === 'string'),
        )
      : undefined
  }

  function closest(word: string, names: readonly string[]): string | undefined {
    compared += names.length
    return compared > mostCompared ? undefined : closestName(word, names)
  }

  /** The path with the names of fields where data has them by these, not by their keys. */
  function asInData(path: Path): Path {
    let place = root
    let holder = value
    return path.map((key) => {
      const name = place.nameOf(key)
      const isNamed =
        name !== undefined && valueAt(holder, [key]) === undefined && valueAt(holder, [name]) !== undefined
      const used = isNamed ? name : key
      place = place.below(key)
      holder = valueAt(holder, [used])
      return used
    })
  }

  function placeAt(path: Path): SchemaPlace {
    return path.reduce<SchemaPlace>((place, key) => place.below(key), root)
  }
}

interface Words {
  readonly expected: string
  readonly received: string
  readonly suggestion: string | undefined
  /** Where it is not made of the others. */
  readonly message?: string
}

/** `place` is that of the value, where the value is shown. */
function toProblem(path: Path, place: SchemaPlace | undefined, words: Words): ModelProblem {
  const keys = path.map((key) => (typeof key === 'number' ? key : String(key)))
  const { expected, message } = words
  const received = shown(place, words.received)
  const isMissing = received === 'nothing'
  // What a secret value is near to says much of it.
  const suggestion = place?.isSecret === true && !isMissing ? undefined : words.suggestion
  const question = suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`
  return {
    path: formatKeys(keys),
    keys,
    expected,
    received,
    ...(suggestion === undefined ? {} : { suggestion }),
    message: `${message ?? `expected ${expected}, received ${received}.`}${question}`,
  }
}

function shown(place: SchemaPlace | undefined, received: string): string {
  return place?.isSecret === true && received !== 'nothing' ? '[redacted]' : received
}

function describeWhatCame(issue: Issue, path: Path, came: unknown): string {
  if (issue.code === 'invalid_element') return 'an entry with another value'
  if (issue.code !== 'invalid_key') return describeData(came)
  const key = path.at(-1)
  return typeof key === 'string' ? `the key ${describeKey(key)}` : 'another key'
}

/** As `describeValue` shows a string, without the words around it. */
function describeKey(key: string): string {
  return describeValue(key).replace(/^a string \((.*)\)$/, '$1')
}
