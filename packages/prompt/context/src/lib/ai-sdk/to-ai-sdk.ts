import type { Context } from '../context.ts'
import { listTurns, type Turn } from '../wire/turns.ts'
import { listEntries } from '../wire/wire-entry.ts'
import { checkWireOptions, type WireOptions } from '../wire/wire-options.ts'
import { aiSdk, type AiSdkMessage, type AiSdkPrompt } from './ai-sdk-message.ts'
import { writeAnswer, writeResult, writeSystem, writeUserPart } from './ai-sdk-part.ts'

/**
 * The prompt of a call of the AI SDK (version 7): `generateText({ model, ...toAiSdk(context) })`.
 *
 * The first system messages are `instructions`; later ones stay in their place, and `allowSystemInMessages` says so. Then
 * turns alternate: neighbours of one role are one message with a part for each. Calls are parts of the assistant's
 * message; their results, in the order of the calls, a message of the role `tool` behind it.
 *
 * Media: all, by data or by web address; what a model takes is for its provider to say.
 *
 * `metadata.aiSdk` of a message: `providerOptions`, `filename` (media), `reasoning`, parts to put before it, and `output`,
 * the type of a result that is neither text nor JSON.
 *
 * Throws `UnsupportedMessageError` for what the SDK has no form for, such as a call without a result, and what rendering
 * throws.
 */
export function toAiSdk(context: Context, options: WireOptions = {}): AiSdkPrompt {
  checkWireOptions(options)
  const turns = listTurns(listEntries(context, aiSdk, options), aiSdk)
  const instructions = turns[0]?.role === 'system' ? (turns.shift()?.entries ?? []).map(writeSystem) : []
  const messages = turns.flatMap(writeTurn)
  return {
    ...(instructions.length === 0 ? {} : { instructions }),
    messages,
    ...(turns.some(({ role }) => role === 'system') ? { allowSystemInMessages: true } : {}),
  }
}

function writeTurn({ role, entries, results }: Turn): AiSdkMessage[] {
  if (role === 'system') return entries.map(writeSystem)
  if (role === 'assistant') return [{ role, content: entries.flatMap(writeAnswer) }]
  return [
    ...(results.length === 0 ? [] : [{ role: 'tool' as const, content: results.map(writeResult) }]),
    ...(entries.length === 0 ? [] : [{ role, content: entries.map(writeUserPart) }]),
  ]
}
