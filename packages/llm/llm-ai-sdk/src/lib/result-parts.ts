import { createFrameReader, type FrameReader } from '@empire/llm/client'
import * as z from 'zod'

const answer = z.looseObject({
  content: z.array(z.looseObject({ type: z.string() })),
  finishReason: z.unknown(),
  usage: z.unknown(),
  warnings: z.array(z.unknown()).optional(),
  response: z.looseObject({}).optional(),
})

/** A whole answer of a provider; its parts are checked one by one, where they are read. */
export type ProviderAnswer = z.core.output<typeof answer>

/** Checks whole answers. Throws a `ModelError` with `invalid_response` for one of a wrong form. */
export function createAnswerReader(vendor: string): FrameReader<ProviderAnswer> {
  return createFrameReader({ vendor, schema: answer })
}

/** A whole answer as the stream of parts that it would have been, so that one reader reads both. */
export function* resultParts(result: ProviderAnswer): Generator<unknown, void, undefined> {
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
