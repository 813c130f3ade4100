import { describeValue } from '@empire/errors'
import picomatch from 'picomatch'

/**
 * Whether a path fits one of the globs (`docs/**\/*.md`; any path if there is none), and none of those behind a `!`. For
 * sources: hidden names are like others, and a path is only a text.
 */
export function globFilter(patterns: readonly string[]): (path: string) => boolean {
  if (!Array.isArray(patterns) || patterns.some((pattern) => typeof pattern !== 'string' || pattern === '')) {
    throw new TypeError(`Expected globs to be an array of texts, got ${describeValue(patterns)}.`)
  }
  const wanted = compile(patterns.filter((pattern) => !pattern.startsWith('!')))
  const unwanted = compile(patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : [])))
  return (path) =>
    (wanted.length === 0 || wanted.some((matches) => matches(path))) && !unwanted.some((matches) => matches(path))
}

function compile(patterns: readonly string[]): ((path: string) => boolean)[] {
  return patterns.map((pattern) => picomatch(pattern, { dot: true }))
}
