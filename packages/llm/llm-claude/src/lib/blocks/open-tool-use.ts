import { ModelError } from '@empire/llm'
import { redactText } from '@empire/redaction'
import { type BlockStart, frameReaders } from '../frame-readers.ts'
import { type AnswerState, type OpenBlock, rawPart } from './open-block.ts'
import { readArguments } from './read-arguments.ts'

/** The longest piece of broken arguments that an error keeps, in UTF-16 units. */
const kept = 2000

/**
 * A call of a tool. Arguments that are no JSON object never become a call: repaired ones would run a tool with what the
 * model did not say.
 */
export function openToolUse(frame: BlockStart, answer: AnswerState): OpenBlock {
  const { index, content_block: content } = frameReaders.toolStart.check(frame)
  const { id, name, input } = content
  const pieces: string[] = []
  return {
    parts: [{ type: 'tool-call-start', id, name }],
    add(delta) {
      if (delta.delta.type !== 'input_json_delta') return [rawPart(delta)]
      const text = frameReaders.jsonDelta.check(delta).delta.partial_json
      if (text === '') return []
      pieces.push(text)
      return [{ type: 'tool-call-delta', id, text }]
    },
    end() {
      const json = pieces.join('')
      const read = json === '' ? (input ?? {}) : readArguments(json)
      if (read !== undefined) {
        answer.turn.call(index, id, fieldsOf(content))
        return [{ type: 'tool-call-end', id, name, input: read }]
      }
      answer.broken ??= new ModelError(
        'invalid_response',
        `The arguments of a call of the tool ${JSON.stringify(name)} are no JSON object. They were cut off, or the model wrote them wrong.`,
        { details: { path: 'input', tool: name, frame: redactText(json.slice(0, kept)) } },
      )
      return []
    },
  }
}

const usual = new Set(['type', 'id', 'name', 'input'])

/** What a call has beyond the usual, such as that a program of Claude made it. */
function fieldsOf(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(content).filter(([name, value]) => !usual.has(name) && !(name === 'caller' && isDirect(value))),
  )
}

function isDirect(caller: unknown): boolean {
  return typeof caller !== 'object' || caller === null || ('type' in caller && caller.type === 'direct')
}
