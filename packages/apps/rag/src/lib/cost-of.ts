import type { LanguageModel, ModelResponse } from '@empire/llm/model'

/**
 * What an answer cost at list prices, in billionths of a US dollar: nothing where nobody else was asked, `null` where the
 * price or the tokens are not known.
 */
export async function costOf({ usage, finish }: ModelResponse, { id, vendor }: LanguageModel): Promise<number | null> {
  if (vendor === undefined) return 0
  const { input, cacheRead, cacheWrite, output, reasoning } = usage
  if (input + cacheRead + cacheWrite + output + reasoning === 0) return null
  // The table of prices is large, and of use only here.
  const { createPrices } = await import('@empire/llm/prices')
  const prices = createPrices()
  // A name such as "latest" has no price; the answer says what it stood for.
  const answered = finish.model === undefined ? undefined : prices.cost(usage, { id: finish.model, vendor })
  return answered ?? prices.cost(usage, { id, vendor }) ?? null
}
