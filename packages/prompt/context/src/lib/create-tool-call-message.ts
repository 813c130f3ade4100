import { expectKnownKeys } from '@empire/errors'
import { jsonText } from '@empire/record/content'
import { InvalidToolArgsError } from './invalid-tool-args-error.ts'
import { isRecord } from './is-record.ts'
import { keyAliases } from './key-aliases.ts'
import { toKnownMessage } from './known-message.ts'
import type { ToolCallMessage } from './message.ts'
import type { ToolCallInput, ToolCallMessageInput } from './message-input.ts'
import type { MessageMaker } from './message-maker.ts'
import { checkText, copyParts, partNames } from './message-parts.ts'
import { mismatch } from './mismatch.ts'
import { plainCopy } from './plain-copy.ts'
import { copyResponseSchema } from './response-schema.ts'

const inputNames = ['tool', 'args', 'responseSchema', ...partNames]
const known = ['role', 'raw', 'callId', ...inputNames]

/** What `toolCall` takes, as what `add` takes. */
export function toToolCallMessageInput(input: ToolCallInput): ToolCallMessageInput {
  if (!isRecord(input)) throw mismatch('call', 'an object such as { tool: "weather", args: { city: "Berlin" } }', input)
  expectKnownKeys('"call"', input, inputNames, keyAliases)
  const { id, ...rest }: ToolCallInput = input
  return { ...rest, role: 'tool', callId: id === undefined ? undefined : checkText('id', id) }
}

/** A tool call. Throws `InvalidToolArgsError` for arguments that are no object, `TypeError` for all else. */
export function createToolCallMessage(input: ToolCallMessageInput, { createId }: MessageMaker): ToolCallMessage {
  expectKnownKeys('"message"', input, known, keyAliases)
  const { id, callId, tool, responseSchema } = input
  if (!isRecord(input.args)) throw new InvalidToolArgsError(input.args)
  const args = plainCopy(input.args, 'args') as ToolCallMessage['args']
  const raw = input.raw ?? jsonText(args)
  if (typeof raw !== 'string') throw mismatch('raw', 'a string', raw)
  return toKnownMessage({
    id: checkText('id', id ?? createId()),
    role: 'tool',
    raw,
    callId: checkText('callId', callId ?? createId()),
    tool: checkText('tool', tool),
    args,
    ...(responseSchema === undefined ? {} : { responseSchema: copyResponseSchema(responseSchema) }),
    ...copyParts(raw, input),
  })
}
