import { expectKnownKeys } from '@empire/errors'
import { jsonText } from '@empire/record/content'
import { isRecord } from './is-record.ts'
import { keyAliases } from './key-aliases.ts'
import { toKnownMessage } from './known-message.ts'
import type { ToolResultMessage } from './message.ts'
import type { ToolResultInput, ToolResultMessageInput } from './message-input.ts'
import type { MessageMaker } from './message-maker.ts'
import { checkText, copyParts, isTrue, partNames } from './message-parts.ts'
import { mismatch } from './mismatch.ts'
import { plainCopy } from './plain-copy.ts'

const inputNames = ['result', 'isError', ...partNames]
const known = ['role', 'raw', 'callId', 'tool', ...inputNames]

/** What `toolResult` takes, as what `add` takes. */
export function toToolResultMessageInput(input: ToolResultInput): ToolResultMessageInput {
  if (!isRecord(input)) throw mismatch('result', 'an object such as { id: "call_1", result: "sunny" }', input)
  expectKnownKeys('"result"', input, inputNames, keyAliases)
  const { id, ...rest }: ToolResultInput = input
  return { ...rest, role: 'tool_result', callId: checkText('id', id) }
}

/** A tool result. Whether there is such a call is for its context to check. Throws `TypeError` for what does not fit. */
export function createToolResultMessage(input: ToolResultMessageInput, maker: MessageMaker): ToolResultMessage {
  expectKnownKeys('"message"', input, known, keyAliases)
  const callId = checkText('callId', input.callId)
  const result = plainCopy(input.result, 'result')
  const raw = input.raw ?? (typeof result === 'string' ? result : jsonText(result))
  if (typeof raw !== 'string') throw mismatch('raw', 'a string', raw)
  return toKnownMessage({
    id: checkText('id', input.id ?? maker.createId()),
    role: 'tool_result',
    raw,
    callId,
    tool: checkText('tool', input.tool ?? maker.toolOf(callId)),
    result,
    ...(isTrue('isError', input.isError) ? { isError: true } : {}),
    ...copyParts(raw, input),
  })
}
