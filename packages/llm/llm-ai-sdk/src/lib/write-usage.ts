import type { LanguageModelV4Usage } from '@ai-sdk/provider'
import type { Usage } from '@empire/llm'

/** The counts as the AI SDK has them: totals beside their parts. */
export function writeUsage({ input, cacheRead, cacheWrite, output, reasoning, vendor }: Usage): LanguageModelV4Usage {
  return {
    inputTokens: { total: input + cacheRead + cacheWrite, noCache: input, cacheRead, cacheWrite },
    outputTokens: { total: output + reasoning, text: output, reasoning },
    ...(vendor === undefined ? {} : { raw: vendor as NonNullable<LanguageModelV4Usage['raw']> }),
  }
}
