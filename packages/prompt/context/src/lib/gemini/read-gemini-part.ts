import type { MessageInput } from '../message-input.ts'
import { isRecord } from '../is-record.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { type Fields, otherFields } from '../wire/vendor-fields.ts'
import { gemini } from './gemini-content.ts'

const read = createHistoryReader(gemini)

const kinds = ['text', 'functionCall', 'functionResponse', 'inlineData', 'fileData'] as const

/** A part as a message, and the fields that only Gemini has a word for. */
export function readGeminiPart(
  part: Fields,
  path: string,
  role: 'system' | 'user' | 'assistant',
): { input: MessageInput; fields: Fields } {
  const kind = kindOf(part)
  if (kind === undefined || !allowed[role].includes(kind)) {
    throw read.refuse(path, `one of ${allowed[role].join(', ')}`, Object.keys(otherFields(part, [])).join(', '))
  }
  const value = part[kind] ?? ''
  const at = `${path}.${kind}`
  return { input: readKind(kind, value, at, role), fields: otherFields(part, [kind]) }
}

/** A signature may come without anything that it signs. */
function kindOf(part: Fields): (typeof kinds)[number] | undefined {
  const kind = kinds.find((name) => part[name] !== undefined && part[name] !== null)
  return kind ?? (Object.keys(otherFields(part, ['thoughtSignature', 'thought'])).length === 0 ? 'text' : undefined)
}

const allowed: Readonly<Record<'system' | 'user' | 'assistant', readonly (typeof kinds)[number][]>> = {
  system: ['text'],
  user: ['text', 'functionResponse', 'inlineData', 'fileData'],
  assistant: ['text', 'functionCall'],
}

function readKind(
  kind: (typeof kinds)[number],
  value: unknown,
  path: string,
  role: 'system' | 'user' | 'assistant',
): MessageInput {
  if (kind === 'text') return { role, raw: read.text(value, path) }
  const object = read.object(value, path)
  switch (kind) {
    case 'functionCall': {
      const { id, name, args = {} } = object
      return {
        role: 'tool',
        callId: read.text(id, `${path}.id`),
        tool: read.text(name, `${path}.name`),
        args: read.object(args, `${path}.args`),
      }
    }
    case 'functionResponse':
      return readResponse(object, path)
    case 'inlineData':
      return {
        role: 'media',
        data: read.text(object['data'], `${path}.data`),
        mimeType: read.text(object['mimeType'], `${path}.mimeType`),
      }
    case 'fileData':
      return {
        role: 'media',
        url: read.text(object['fileUri'], `${path}.fileUri`),
        mimeType: read.text(object['mimeType'], `${path}.mimeType`),
      }
  }
}

function readResponse({ id, name, response, parts }: Fields, path: string): MessageInput {
  if (parts !== undefined && parts !== null) throw read.refuse(`${path}.parts`, 'no media', parts)
  const callId = read.text(id, `${path}.id`)
  const tool = read.text(name, `${path}.name`)
  const given = response ?? {}
  if (!isRecord(given)) throw read.refuse(`${path}.response`, 'an object', given)
  const keys = Object.keys(given)
  const [key] = keys
  if (keys.length === 1 && key === 'error') {
    return { role: 'tool_result', callId, tool, result: given['error'], isError: true }
  }
  return { role: 'tool_result', callId, tool, result: keys.length === 1 && key === 'output' ? given['output'] : given }
}
