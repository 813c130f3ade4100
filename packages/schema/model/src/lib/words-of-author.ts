import { z } from 'zod'
import { findingOf } from './finding.ts'

/** Characters of a message of somebody else that are shown. */
const longest = 300

/**
 * What the author of a schema has to say of an issue (`z.string().min(1, 'Give a name')`), in one line; nothing where the words
 * are zod's own, or hold the secret value.
 */
export function wordsOfAuthor(issue: z.core.$ZodIssue, secret: unknown): string | undefined {
  if (findingOf(issue) !== undefined || isOwn(issue)) return undefined
  if (secret !== undefined && issue.message.includes(textOf(secret))) return undefined
  const words = issue.message.replaceAll(/\s+/g, ' ').trim()
  return words.length > longest ? `${words.slice(0, longest)}…` : words
}

function isOwn(issue: z.core.$ZodIssue): boolean {
  // zod's words without a language, and those of `@empire/schema`: for a named type, for a value that is too deep.
  if (['', 'Invalid input'].includes(issue.message) || typeof typeNameOf(issue) === 'string') return true
  if (String(issue.code) === 'too_deep') return true
  const own = z.config().localeError?.(issue as z.core.$ZodRawIssue)
  return withoutReceived(textOf(own)) === withoutReceived(issue.message)
}

/** The name of the type that refused the value, where it has nothing more to say. */
export function typeNameOf(issue: z.core.$ZodIssue): string | undefined {
  const name: unknown = issue.code === 'custom' ? issue.params?.['type'] : undefined
  return typeof name === 'string' && issue.message === `Invalid ${name}` ? name : undefined
}

function withoutReceived(message: string): string {
  return message.replace(/, received .*$/s, '')
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? String((value as { message?: unknown }).message) : String(value)
}
