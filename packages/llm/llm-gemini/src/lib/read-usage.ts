import type { Usage } from '@empire/llm'
import type { GeminiUsage } from './gemini-frame.ts'

/**
 * The counts of a `UsageMetadata` taken apart. Gemini counts cached tokens within the prompt, those that its own tools
 * read besides it, and thoughts besides the answer.
 */
export function readUsage(counts: GeminiUsage): Usage {
  const prompt = counts.promptTokenCount ?? 0
  const cacheRead = Math.min(counts.cachedContentTokenCount ?? 0, prompt)
  return {
    input: prompt - cacheRead + (counts.toolUsePromptTokenCount ?? 0),
    cacheRead,
    cacheWrite: 0,
    output: counts.candidatesTokenCount ?? 0,
    reasoning: counts.thoughtsTokenCount ?? 0,
    vendor: counts,
  }
}
