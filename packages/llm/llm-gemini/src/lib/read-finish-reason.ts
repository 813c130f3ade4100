import type { FinishReason } from '@empire/llm'

const reasons = new Map<string, FinishReason>([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
  ['IMAGE_RECITATION', 'content-filter'],
  ['MODEL_ARMOR', 'content-filter'],
])

/** Gemini says `STOP` whether it is done or waits for the results of tools. Words that are not known are `other`. */
export function readFinishReason(word: string, hasCalls: boolean): FinishReason {
  const reason = reasons.get(word) ?? 'other'
  return reason === 'stop' && hasCalls ? 'tool-calls' : reason
}
