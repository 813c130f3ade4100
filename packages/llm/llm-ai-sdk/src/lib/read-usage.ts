import type { Usage } from '@empire/llm'
import { type Fields, isFields } from './is-fields.ts'

/**
 * The counts of a provider taken apart. In version 4 and 3 of the specification each side is an object, in version 2 a
 * number with those of caches and reasoning beside it. Totals have everything in them; what is not told is 0.
 */
export function readUsage(usage: Fields): Usage {
  const { inputTokens, outputTokens, raw } = usage
  const input = isFields(inputTokens) ? inputTokens : { total: inputTokens, cacheRead: usage['cachedInputTokens'] }
  const output = isFields(outputTokens) ? outputTokens : { total: outputTokens, reasoning: usage['reasoningTokens'] }
  const [cacheRead, cacheWrite, reasoning] = [input['cacheRead'], input['cacheWrite'], output['reasoning']].map(count)
  return {
    input: rest(input['noCache'], input['total'], Number(cacheRead) + Number(cacheWrite)),
    cacheRead: Number(cacheRead),
    cacheWrite: Number(cacheWrite),
    output: rest(output['text'], output['total'], Number(reasoning)),
    reasoning: Number(reasoning),
    ...(isFields(raw) ? { vendor: raw } : {}),
  }
}

/** Whether a provider has told any count. */
export function isCounted({ inputTokens, outputTokens }: Fields): boolean {
  return [inputTokens, outputTokens].some((side) => typeof (isFields(side) ? side['total'] : side) === 'number')
}

function rest(known: unknown, total: unknown, others: number): number {
  return typeof known === 'number' ? count(known) : Math.max(0, count(total) - others)
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.min(Math.round(value), Number.MAX_SAFE_INTEGER) : 0
}
