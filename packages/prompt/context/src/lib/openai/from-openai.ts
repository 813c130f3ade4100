import type { Context } from '../context.ts'
import type { ContextOptions } from '../context-options.ts'
import { createHistoryBuilder, type HistoryBuilder } from '../wire/history-builder.ts'
import { createHistoryReader } from '../wire/history-reader.ts'
import { type Fields, otherFields, vendorMetadata } from '../wire/vendor-fields.ts'
import { openai } from './openai-message.ts'
import { readOpenAIMedia } from './read-openai-media.ts'

const read = createHistoryReader(openai)

/**
 * A context of the messages of OpenAI's Chat Completions API, answers among them. The other way round from `toOpenAI`:
 * each part is a message of its own, and what only OpenAI has a word for is kept in `metadata.openai`. What an answer has
 * and a request does not, such as annotations, is left out.
 *
 * `options` are those of the context. Throws `InvalidHistoryError` with the path of what a context has no form for, such
 * as a file id, a call of a custom tool, or arguments that are not the JSON of an object.
 */
export function fromOpenAI(messages: readonly object[], options?: ContextOptions): Context {
  const builder = createHistoryBuilder(openai, options)
  for (const [index, value] of read.list(messages, 'messages').entries()) {
    const path = `messages[${index}]`
    readMessage(read.object(value, path), path, builder)
  }
  return builder.context
}

function readMessage(message: Fields, path: string, builder: HistoryBuilder): void {
  const { role, name } = message
  const named = typeof name === 'string' && name !== '' ? { name } : {}
  switch (role) {
    case 'system':
    case 'developer': {
      const developer = role === 'developer' ? { role } : {}
      for (const { path: at, raw, fields } of readTexts(message['content'], `${path}.content`)) {
        builder.add(at, { role: 'system', raw, ...named, ...vendorMetadata(openai, { ...fields, ...developer }) })
      }
      return
    }
    case 'user':
      return readUser(message['content'], `${path}.content`, named, builder)
    case 'assistant':
      return readAnswer(message, path, named, builder)
    case 'tool': {
      const callId = read.text(message['tool_call_id'], `${path}.tool_call_id`)
      const texts = readTexts(message['content'], `${path}.content`)
      builder.add(path, { role: 'tool_result', callId, result: texts.map(({ raw }) => raw).join('\n') })
      return
    }
    default:
      throw read.refuse(`${path}.role`, '"system", "developer", "user", "assistant" or "tool"', role)
  }
}

function readUser(content: unknown, path: string, named: { name?: string }, builder: HistoryBuilder): void {
  if (typeof content === 'string') return builder.add(path, { role: 'user', raw: content, ...named })
  for (const [index, value] of read.list(content, path).entries()) {
    const at = `${path}[${index}]`
    const part = read.object(value, at)
    if (part['type'] !== 'text') builder.add(at, { ...readOpenAIMedia(part, at), ...named })
    else builder.add(at, { role: 'user', raw: readText(part, at), ...named, ...textMetadata(part) })
  }
}

function readAnswer(message: Fields, path: string, named: { name?: string }, builder: HistoryBuilder): void {
  const { content, refusal, tool_calls: calls, audio, function_call: call } = message
  const none = 'nothing; a context has no form for it'
  if (audio !== undefined && audio !== null) throw read.refuse(`${path}.audio`, none, audio)
  if (call !== undefined && call !== null)
    throw read.refuse(`${path}.function_call`, `${none}, only for tool_calls`, call)
  const refused = (raw: string) =>
    ({ role: 'assistant', raw, ...named, ...vendorMetadata(openai, { refusal: true }) }) as const
  const called = calls === undefined || calls === null ? [] : read.list(calls, `${path}.tool_calls`)
  const declined = typeof refusal === 'string' && refusal !== ''
  if (typeof content === 'string') {
    if (content !== '' || (called.length === 0 && !declined)) {
      builder.add(`${path}.content`, { role: 'assistant', raw: content, ...named })
    }
  } else if (content !== undefined && content !== null) {
    for (const [index, value] of read.list(content, `${path}.content`).entries()) {
      const at = `${path}.content[${index}]`
      const part = read.object(value, at)
      if (part['type'] === 'refusal') builder.add(at, refused(read.text(part['refusal'], `${at}.refusal`)))
      else builder.add(at, { role: 'assistant', raw: readText(part, at), ...named, ...textMetadata(part) })
    }
  }
  if (declined) builder.add(`${path}.refusal`, refused(refusal))
  for (const [index, value] of called.entries()) readCall(value, `${path}.tool_calls[${index}]`, named, builder)
}

function readCall(value: unknown, path: string, named: { name?: string }, builder: HistoryBuilder): void {
  const call = read.object(value, path)
  const { type, id, function: called } = call
  if (type !== undefined && type !== 'function') throw read.refuse(`${path}.type`, '"function"', type)
  const { name, arguments: text } = read.object(called, `${path}.function`)
  const at = `${path}.function.arguments`
  builder.add(path, {
    role: 'tool',
    callId: read.text(id, `${path}.id`),
    tool: read.text(name, `${path}.function.name`),
    args: parseArguments(read.text(text, at), at),
    ...named,
    ...vendorMetadata(openai, otherFields(call, ['type', 'id', 'function'])),
  })
}

/** Some models leave the arguments of a call without any empty. */
function parseArguments(text: string, path: string): Fields {
  if (text.trim() === '') return {}
  let value: unknown = text
  try {
    value = JSON.parse(text)
  } catch {
    // Refused below: the text itself is what came.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw read.refuse(path, 'the JSON of an object', value)
}

interface TextPart {
  readonly path: string
  readonly raw: string
  readonly fields: Fields
}

function readTexts(content: unknown, path: string): TextPart[] {
  if (typeof content === 'string') return [{ path, raw: content, fields: {} }]
  return read.list(content, path).map((value, index) => {
    const at = `${path}[${index}]`
    const part = read.object(value, at)
    return { path: at, raw: readText(part, at), fields: otherFields(part, ['type', 'text']) }
  })
}

function readText(part: Fields, path: string): string {
  if (part['type'] !== 'text') throw read.refuse(`${path}.type`, '"text"', part['type'])
  return read.text(part['text'], `${path}.text`)
}

function textMetadata(part: Fields): ReturnType<typeof vendorMetadata> {
  return vendorMetadata(openai, otherFields(part, ['type', 'text']))
}
