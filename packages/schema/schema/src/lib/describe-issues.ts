import { describeValue } from '@empire/errors'
import { isSecretName } from '@empire/redaction'
import { formatPath } from './format-path.ts'
import type { Issue } from './issue.ts'

/** How deep the options of a union and the parts of a map are gone into. */
const deepest = 4

/** A line for each issue: its path, what was expected, and what came. Issues of a union's options stand indented below it. */
export function describeIssues(issues: readonly Issue[], value: unknown): string {
  return issues.flatMap((issue) => linesOf(issue, { value, path: [], depth: 0 })).join('\n')
}

/** The value that the paths of an issue start at, and where it stands in the whole. */
interface Place {
  readonly value: unknown
  readonly path: readonly PropertyKey[]
  readonly depth: number
}

function linesOf(issue: Issue, place: Place): string[] {
  const path = [...place.path, ...issue.path]
  const inner = { value: valueAt(place.value, issue.path), path, depth: place.depth + 1 }
  const line = `${'  '.repeat(place.depth)}- ${formatPath(path)}: ${issue.message}${received(issue, inner)}`
  return place.depth === deepest ? [line] : [line, ...nested(issue).flatMap((part) => linesOf(part, inner))]
}

function nested(issue: Issue): readonly Issue[] {
  return [...(issue.errors ?? []).flat(), ...(issue.code === 'invalid_element' ? [] : (issue.issues ?? []))]
}

/** zod itself says what came only where the type is wrong. */
function received(issue: Issue, { value, path }: Place): string {
  if (issue.code === 'unrecognized_keys' || issue.message.includes(', received ') || value === unknown) return ''
  if (path.some((key) => typeof key === 'string' && isSecretName(key))) return ', received [redacted]'
  return `, received ${describeValue(value)}`
}

const unknown = Symbol('unknown')

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const key of path) {
    try {
      current = current instanceof Map ? current.get(key) : (current as Record<PropertyKey, unknown>)[key]
    } catch {
      // A getter or a proxy that throws, or a part that is no object: what came there cannot be told.
      return unknown
    }
  }
  return current
}
