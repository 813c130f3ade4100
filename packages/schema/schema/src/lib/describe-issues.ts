import { describeValue } from '@empire/errors'
import { isSecretName } from '@empire/redaction'
import { formatPath } from './format-path.ts'
import type { Issue } from './issue.ts'

/** How deep the options of a union and the parts of a map are gone into. */
const deepest = 4

/** How many lines an issue may take, with those of its parts. */
const longest = 20

/** A line for each issue: its path, what was expected, and what came. Issues of a union's options stand indented below it. */
export function describeIssues(issues: readonly Issue[], value: unknown): string {
  return issues.flatMap((issue) => firstLines(linesOf(issue, { value, path: [], depth: 0 }))).join('\n')
}

function firstLines(lines: Iterable<string>): string[] {
  const first: string[] = []
  for (const line of lines) {
    if (first.length === longest) return [...first, '  - …']
    first.push(line)
  }
  return first
}

/** The value that the paths of an issue start at, and where it stands in the whole. */
interface Place {
  readonly value: unknown
  readonly path: readonly PropertyKey[]
  readonly depth: number
}

function* linesOf(issue: Issue, place: Place): Generator<string> {
  const path = [...place.path, ...issue.path]
  const inner = { value: valueAt(place.value, issue), path, depth: place.depth + 1 }
  yield `${'  '.repeat(place.depth)}- ${formatPath(path)}: ${issue.message}${received(issue, inner)}`
  if (place.depth === deepest) return
  for (const part of [...(issue.errors ?? []).flat(), ...(issue.issues ?? [])]) yield* linesOf(part, inner)
}

/** zod itself says what came only where the type is wrong. */
function received(issue: Issue, { value, path }: Place): string {
  const said = issue.code === 'unrecognized_keys' || issue.message.includes(', received ')
  if (said || value === unknown) return ''
  if (path.some((key) => typeof key === 'string' && isSecretName(key))) return ', received [redacted]'
  return `, received ${value instanceof Key ? `a key (${JSON.stringify(value.name)})` : describeValue(value)}`
}

const unknown = Symbol('unknown')

/** Stands for a key of a record or map, where that is what is wrong. */
class Key {
  readonly name: string

  constructor(name: PropertyKey) {
    this.name = String(name)
  }
}

function valueAt(value: unknown, issue: Issue): unknown {
  if (issue.code === 'invalid_element' || value instanceof Set) return unknown
  if (issue.code === 'invalid_key') return issue.path.length === 0 ? unknown : new Key(issue.path.at(-1) ?? '')
  if (value instanceof Key) return value
  let current = value
  for (const key of issue.path) {
    try {
      current = current instanceof Map ? current.get(key) : (current as Record<PropertyKey, unknown>)[key]
    } catch {
      // A getter or a proxy that throws, or a part that is no object: what came there cannot be told.
      return unknown
    }
  }
  return current
}
