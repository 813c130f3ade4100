import type { LanguageModelV4FinishReason } from '@ai-sdk/provider'
import type { Finish } from '@empire/llm'

/** Why a model stopped, as the SDK has it. `other` without a word of the vendor would be taken for a stream that broke off. */
export function writeFinishReason({ reason, vendorReason }: Finish): LanguageModelV4FinishReason {
  return { unified: reason, raw: vendorReason ?? (reason === 'other' ? reason : undefined) }
}
