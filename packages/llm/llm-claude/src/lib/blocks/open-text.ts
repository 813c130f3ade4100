import type { StreamPart } from '@empire/llm'
import { type BlockStart, frameReaders } from '../frame-readers.ts'
import { type ClaudeCitation, readCitation } from '../read-citation.ts'
import { type AnswerState, type OpenBlock, rawPart } from './open-block.ts'

/** A text. Its citations come at its end, when it is known how far what they support goes. */
export function openText(frame: BlockStart, answer: AnswerState): OpenBlock {
  const { index: block, content_block: content } = frameReaders.textStart.check(frame)
  const start = answer.textLength
  const texts: string[] = []
  const citations: ClaudeCitation[] = [...(content.citations ?? [])]

  function write(text: string): StreamPart[] {
    if (text === '') return []
    answer.textLength += text.length
    texts.push(text)
    return [{ type: 'text-delta', text, block }]
  }

  return {
    parts: [{ type: 'text-start', block }, ...write(content.text)],
    add(delta) {
      if (delta.delta.type === 'text_delta') return write(frameReaders.textDelta.check(delta).delta.text)
      if (delta.delta.type !== 'citations_delta') return [rawPart(delta)]
      citations.push(frameReaders.citationDelta.check(delta).delta.citation)
      return []
    },
    end() {
      answer.turn.text(block, texts.join(''), citations)
      return [
        { type: 'text-end', block },
        ...citations.map((citation): StreamPart => ({
          type: 'citation',
          citation: readCitation(citation, start, answer.textLength),
        })),
      ]
    },
  }
}
