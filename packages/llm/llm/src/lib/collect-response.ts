import type { ServerLimits } from '@empire/resilience'
import type { Citation } from './citation.ts'
import type { ModelMedia, ModelResponse } from './language-model.ts'
import { missingPart } from './missing-part.ts'
import type { Reasoning } from './reasoning.ts'
import { sourceOf } from './stream/layered-stream.ts'
import { pullParts } from './stream/pull-parts.ts'
import type { Finish, StreamPart } from './stream-part.ts'
import type { ToolCall } from './tool-call.ts'
import type { Usage } from './usage.ts'

/**
 * Joins the parts of a streamed answer to the whole: of texts that came at the same time, one behind the other. Parts of
 * unknown types are ignored.
 *
 * Throws a `ModelError`: that of an `interrupted` part, `interrupted` when the `finish` part is missing,
 * `invalid_response` when `usage` is.
 */
export async function collectResponse(parts: AsyncIterable<StreamPart> | Iterable<StreamPart>): Promise<ModelResponse> {
  if (Symbol.iterator in parts) return joinParts(parts)
  const { add, end } = createCollector()
  await pullParts(sourceOf(parts), (part) => {
    add(part)
    return false
  })
  return end()
}

/** The same of parts that have all come. */
export function joinParts(parts: Iterable<StreamPart>): ModelResponse {
  const { add, end } = createCollector()
  for (const part of parts) add(part)
  return end()
}

function createCollector() {
  const texts = new Map<number | undefined, string[]>()
  const blocks: (readonly string[])[] = []
  const open = new Map<number | undefined, string[]>()
  const reasoning: Reasoning[] = []
  const toolCalls: ToolCall[] = []
  const citations: Citation[] = []
  const media: ModelMedia[] = []
  let usage: Usage | undefined
  let finish: Finish | undefined
  let limits: ServerLimits | undefined
  function add(part: StreamPart): void {
    switch (part.type) {
      case 'text-delta': {
        let text = texts.get(part.block)
        if (text === undefined) {
          text = []
          texts.set(part.block, text)
          blocks.push(text)
        }
        text.push(part.text)
        break
      }
      case 'text-end':
        texts.delete(part.block)
        break
      case 'reasoning-start':
        open.set(part.block, [])
        break
      case 'reasoning-delta':
        open.get(part.block)?.push(part.text)
        break
      case 'reasoning-end': {
        const { type: _, block, ...proof } = part
        reasoning.push({ text: (open.get(block) ?? []).join(''), ...proof })
        open.delete(block)
        break
      }
      case 'tool-call-end': {
        const { id, name, input } = part
        toolCalls.push({ id, name, input })
        break
      }
      case 'citation':
        citations.push(part.citation)
        break
      case 'media':
        media.push({ mimeType: part.mimeType, data: part.data })
        break
      case 'usage':
        usage = part.usage
        break
      case 'limits':
        limits = part.limits
        break
      case 'interrupted':
        throw part.error
      case 'finish': {
        const { type: _, ...last } = part
        finish = last
        break
      }
    }
  }
  function end(): ModelResponse {
    if (finish === undefined) throw missingPart('finish')
    if (usage === undefined) throw missingPart('usage')
    const response = { text: blocks.flat().join(''), reasoning, toolCalls, citations, media, usage, finish }
    return limits === undefined ? response : { ...response, limits }
  }

  return { add, end }
}
