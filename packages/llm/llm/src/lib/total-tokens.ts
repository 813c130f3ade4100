import type { Usage } from './usage.ts'

/** All tokens of a call. */
export function totalTokens({ input, cacheRead, cacheWrite, output, reasoning }: Usage): number {
  return input + cacheRead + cacheWrite + output + reasoning
}
