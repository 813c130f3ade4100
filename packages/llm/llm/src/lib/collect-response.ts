import type { ModelResponse } from './language-model.ts'
import { missingPart } from './missing-part.ts'
import type { Finish, StreamPart } from './stream-part.ts'
import type { Usage } from './usage.ts'

/**
 * Joins the parts of a streamed answer to the whole. Parts of unknown types are ignored.
 *
 * Throws a `ModelError`: `interrupted` when the `finish` part is missing, `invalid_response` when `usage` is.
 */
export async function collectResponse(parts: AsyncIterable<StreamPart>): Promise<ModelResponse> {
  let text = ''
  let usage: Usage | undefined
  let finish: Finish | undefined
  for await (const part of parts) {
    if (part.type === 'text-delta') text += part.text
    else if (part.type === 'usage') usage = part.usage
    else if (part.type === 'finish') {
      const { type: _, ...end } = part
      finish = end
    }
  }
  if (finish === undefined) throw missingPart('finish')
  if (usage === undefined) throw missingPart('usage')
  return { text, usage, finish }
}
