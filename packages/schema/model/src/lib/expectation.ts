import type { z } from 'zod'
import { findingOf } from './finding.ts'
import { typeNameOf } from './words-of-author.ts'

type Issue = z.core.$ZodIssue

const nouns: Readonly<Record<string, string>> = {
  int: 'an integer',
  array: 'an array',
  object: 'an object',
  undefined: 'nothing',
  null: 'null',
  nan: 'NaN',
  never: 'nothing',
  record: 'an object',
}

const formats: Readonly<Record<string, string>> = {
  email: 'an email address',
  url: 'a URL',
  uuid: 'a UUID',
  guid: 'a UUID',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  datetime: 'a date and time in ISO 8601 ("2026-01-31T12:00:00Z")',
  date: 'a date in ISO 8601 ("2026-01-31")',
  time: 'a time in ISO 8601 ("12:00:00")',
  duration: 'a duration in ISO 8601 ("P1D")',
  json_string: 'text that is JSON',
  emoji: 'an emoji',
  base64: 'text in base64',
  jwt: 'a JWT',
}

/** Options and values that a message lists. */
const listed = 10

/** What a schema had expected where it found an issue with what came, in words. */
export function expectationOf(issue: Issue, came?: unknown): string {
  const isOfItems = came instanceof Set && issue.code !== 'custom' && !('origin' in issue && issue.origin === 'set')
  // zod does not say which item of a set it means.
  return isOfItems ? `${wordsFor(issue)} for each item` : wordsFor(issue, came)
}

function wordsFor(issue: Issue, came?: unknown): string {
  if (String(issue.code) === 'too_deep') return 'a value that is less deeply nested'
  switch (issue.code) {
    case 'invalid_type':
      return nounOf(issue.expected, came)
    case 'too_small':
      return bound(issue.origin, issue.minimum, issue.exact, issue.inclusive === false ? 'more than' : 'at least')
    case 'too_big':
      return bound(issue.origin, issue.maximum, issue.exact, issue.inclusive === false ? 'less than' : 'at most')
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_format':
      return formatOf(issue)
    case 'invalid_value':
      return oneOf(issue.values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))))
    case 'invalid_union':
      return issue.errors.length === 0 ? issue.message : oneOf(wordsForAll(issue.errors.flat()))
    case 'invalid_key':
      return `another key (${wordsForAll(issue.issues).join('; ')})`
    case 'invalid_element':
      return wordsForAll(issue.issues).join('; ')
    default:
      return findingOf(issue) === undefined ? `a valid ${typeNameOf(issue) ?? 'value'}` : issue.message
  }
}

function wordsForAll(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map((issue) => wordsFor(issue)))]
}

function nounOf(type: string, came: unknown): string {
  // Of the right type by its name, and yet refused.
  if (type === 'number' && typeof came === 'number') return 'a finite number'
  if (type === 'date' && came instanceof Date) return 'a valid date'
  return nouns[type] ?? `${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type}`
}

/** `"a", "b" or "c"` */
export function oneOf(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? 'nothing'
  if (words.length > listed) return `one of ${words.slice(0, listed).join(', ')} and ${words.length - listed} more`
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

const units: Readonly<Record<string, string>> = {
  string: 'character',
  array: 'item',
  tuple: 'item',
  set: 'item',
  map: 'entry',
  file: 'byte',
  object: 'key',
  record: 'key',
}

function bound(origin: string, limit: number | bigint, exact: boolean | undefined, words: string): string {
  const count = exact === true ? 'exactly' : words
  const unit = units[origin]
  if (origin === 'date')
    return `a date ${words === 'at least' || words === 'more than' ? 'from' : 'until'} ${isoOf(limit)}`
  if (unit === undefined) return `${count} ${limit}`
  const plural = Number(limit) === 1 ? unit : unit === 'entry' ? 'entries' : `${unit}s`
  return `${count} ${limit} ${plural}`
}

function isoOf(time: number | bigint): string {
  return new Date(Number(time)).toISOString()
}

function formatOf(issue: z.core.$ZodIssueInvalidStringFormat): string {
  const { prefix, suffix, includes } = issue as { prefix?: string; suffix?: string; includes?: string }
  switch (issue.format) {
    case 'regex':
      return `text that matches ${issue.pattern ?? 'a pattern'}`
    case 'starts_with':
      return `text that starts with ${JSON.stringify(prefix)}`
    case 'ends_with':
      return `text that ends with ${JSON.stringify(suffix)}`
    case 'includes':
      return `text that includes ${JSON.stringify(includes)}`
    default:
      return formats[issue.format] ?? `text in the format ${issue.format}`
  }
}
