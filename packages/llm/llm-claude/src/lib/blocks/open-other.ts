import { type BlockStart, frameReaders } from '../frame-readers.ts'
import { type AnswerState, type OpenBlock, rawPart } from './open-block.ts'
import { readArguments } from './read-arguments.ts'

/**
 * A block that is passed through: calls of the tools that Claude runs itself, what they gave, thoughts that are not shown,
 * and whatever comes to the API later. Its frames are `raw` parts; the whole block, as the API wants it back with the next
 * turn, is a piece of reasoning without text.
 */
export function openOther(frame: BlockStart, answer: AnswerState): OpenBlock {
  const { index: block, content_block: content } = frame
  const isShown = content.type !== 'redacted_thinking'
  const pieces: string[] = []
  let more: Readonly<Record<string, unknown>> = {}
  let isWhole = true
  return {
    parts: isShown ? [rawPart(frame)] : [],
    add(delta) {
      const { type, ...fields } = delta.delta
      if (type === 'input_json_delta') pieces.push(frameReaders.jsonDelta.check(delta).delta.partial_json)
      // A summary that the API has made of a long conversation comes at once, and its signature behind it.
      else if (type === 'compaction_delta' || type === 'signature_delta') more = { ...more, ...fields }
      // What a delta that is not known adds to the block is not known either.
      else isWhole = false
      return [rawPart(delta)]
    },
    end() {
      const json = pieces.join('')
      const input = json === '' ? undefined : readArguments(json)
      if (!isWhole || (json !== '' && input === undefined)) return []
      answer.turn.keep(block)
      const whole = { ...content, ...more, ...(input === undefined ? {} : { input }) }
      return [
        { type: 'reasoning-start', block },
        { type: 'reasoning-end', block, vendor: { claude: { thinking: [whole] } } },
      ]
    },
  }
}
