import type { StreamPart } from '@empire/llm'
import { type BlockStart, frameReaders } from '../frame-readers.ts'
import { type AnswerState, type OpenBlock, rawPart } from './open-block.ts'

/**
 * What the model thinks. It ends with the block as the API wants it back, in `vendor.claude.thinking`, where
 * `appendResponse` takes it to the metadata that the wire door of the context reads.
 */
export function openThinking(frame: BlockStart, answer: AnswerState): OpenBlock {
  const { index: block, content_block: content } = frameReaders.thinkingStart.check(frame)
  const texts: string[] = []
  let signature = content.signature ?? ''

  function write(text: string): StreamPart[] {
    if (text === '') return []
    texts.push(text)
    return [{ type: 'reasoning-delta', text, block }]
  }

  return {
    parts: [{ type: 'reasoning-start', block }, ...write(content.thinking)],
    add(delta) {
      if (delta.delta.type === 'thinking_delta') return write(frameReaders.thinkingDelta.check(delta).delta.thinking)
      if (delta.delta.type !== 'signature_delta') return [rawPart(delta)]
      signature += frameReaders.signatureDelta.check(delta).delta.signature
      return []
    },
    end() {
      // The API refuses thoughts without its signature.
      if (signature === '') return [{ type: 'reasoning-end', block }]
      answer.turn.keep(block)
      const thought = { type: 'thinking', thinking: texts.join(''), signature }
      return [{ type: 'reasoning-end', block, signature, vendor: { claude: { thinking: [thought] } } }]
    },
  }
}
