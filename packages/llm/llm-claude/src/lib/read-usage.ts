import type { Usage } from '@empire/llm'

/** The counts of the API, which come in pieces: whole at the start of an answer, some again at its end. */
export interface ClaudeUsage {
  readonly input_tokens?: number | null | undefined
  readonly output_tokens?: number | null | undefined
  readonly output_tokens_details?: { readonly thinking_tokens?: number | null | undefined } | null | undefined
  readonly cache_read_input_tokens?: number | null | undefined
  readonly cache_creation_input_tokens?: number | null | undefined
  readonly [name: string]: unknown
}

/** Later counts over earlier ones: those of the API grow, and what it does not say again stays. */
export function mergeUsage(earlier: ClaudeUsage, later: ClaudeUsage): ClaudeUsage {
  const said = Object.entries(later)
  // Mostly all of them.
  if (said.every(isSaid)) return { ...earlier, ...later }
  return { ...earlier, ...Object.fromEntries(said.filter(isSaid)) }
}

function isSaid([, value]: readonly [string, unknown]): boolean {
  return value !== null && value !== undefined
}

/** Disjoint counts. The input of the API is without the cache already; its output has the thoughts within. */
export function readUsage(usage: ClaudeUsage): Usage {
  const output = usage.output_tokens ?? 0
  const reasoning = Math.min(usage.output_tokens_details?.thinking_tokens ?? 0, output)
  return {
    input: usage.input_tokens ?? 0,
    cacheRead: usage.cache_read_input_tokens ?? 0,
    cacheWrite: usage.cache_creation_input_tokens ?? 0,
    output: output - reasoning,
    reasoning,
    vendor: usage,
  }
}
