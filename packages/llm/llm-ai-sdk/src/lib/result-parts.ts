import type { LanguageModelV4GenerateResult } from '@ai-sdk/provider'

/** A whole answer as the stream of parts that it would have been, so that one reader reads both. */
export function* resultParts(result: LanguageModelV4GenerateResult): Generator<unknown, void, undefined> {
  const { content, finishReason, usage, warnings = [], response } = result
  yield { type: 'stream-start', warnings }
  if (response !== undefined) yield { ...response, type: 'response-metadata' }
  for (const [index, part] of content.entries()) {
    if (part.type !== 'text' && part.type !== 'reasoning') {
      yield part
      continue
    }
    const { type, text, ...others } = part
    const id = String(index)
    yield { type: `${type}-start`, id }
    if (text !== '') yield { type: `${type}-delta`, id, delta: text }
    yield { ...others, type: `${type}-end`, id }
  }
  yield { type: 'finish', finishReason, usage }
}
