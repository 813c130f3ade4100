import type { ClaudeBody } from './write-body.ts'

/** What the version of the API that the SDK asks for (2026-10-21) refuses, whatever the model; the one before takes it. */
const sampling = ['temperature', 'top_p', 'top_k']

/** The headers for bodies that only an older version of the API takes; none for others. */
export function versionHeaders(bodies: readonly ClaudeBody[]): Readonly<Record<string, string>> {
  const needsOlder = bodies.some((body) => sampling.some((name) => body[name] !== undefined))
  return needsOlder ? { 'anthropic-version': '2023-06-01' } : {}
}
