import { describeValue } from '@empire/errors'
import type { Context } from '../context.ts'
import { firstOf, listTurns, type Turn } from '../wire/turns.ts'
import { listEntries, refuse } from '../wire/wire-entry.ts'
import { checkWireOptions, type WireOptions } from '../wire/wire-options.ts'
import { gemini, type GeminiContent, type GeminiPart, type GeminiPrompt } from './gemini-content.ts'
import { writeCall, writeResult, writeText, writeThoughts, writeUserPart } from './gemini-part.ts'

/** Options of `toGemini`. */
export interface GeminiOptions extends WireOptions {
  /**
   * What the first call of a turn gets that has no signature of Gemini, as those of other models. Gemini 3 and later refuse
   * it without one; they take `skip_thought_signature_validator` instead. Default: nothing.
   */
  thoughtSignature?: string | undefined
}

/**
 * The `systemInstruction` and `contents` of a request to Gemini. In Google's SDK: `const { contents, ...config } =
 * toGemini(context)`, then `generateContent({ model, contents, config })`.
 *
 * The first system messages are the instruction; a later one is an error, or moved by `hoistSystem`. Then turns of `user`
 * and `model` alternate, with a part for each message. Calls are parts of the model's turn; the turn behind it begins
 * with their results, in the order of the calls. Empty texts are left out where the turn has more to it. A call may not
 * stand in the first turn; `opening` puts one of the user before it.
 *
 * A result that is an object is the response itself, any other is its `output`, and that of a tool that failed its
 * `error`.
 *
 * Media: images, sounds, videos, texts and PDF, by data or by any address but `data:`; which types and addresses are
 * taken depends on the model.
 *
 * `metadata.gemini` of a message: `thoughts`, parts to put before it; whatever else its part is to have, such as
 * `thoughtSignature` or `mediaResolution`.
 *
 * Throws `UnsupportedMessageError` for what the API has no form for, such as a call without a result, and what rendering
 * throws.
 */
export function toGemini(context: Context, options: GeminiOptions = {}): GeminiPrompt {
  checkWireOptions(options, ['thoughtSignature'])
  const { thoughtSignature } = options
  if (thoughtSignature !== undefined && typeof thoughtSignature !== 'string') {
    throw new TypeError(`Expected "thoughtSignature" to be a string, got ${describeValue(thoughtSignature)}.`)
  }
  const turns = listTurns(listEntries(context, gemini, options), gemini)
  const system = turns[0]?.role === 'system' ? (turns.shift()?.entries ?? []).flatMap(writeText) : []
  const contents = turns.map((turn, index) => writeTurn(turn, index, thoughtSignature))
  return { ...(system.length === 0 ? {} : { systemInstruction: { parts: system } }), contents }
}

function writeTurn(turn: Turn, index: number, signature: string | undefined): GeminiContent {
  const { role, entries, results } = turn
  if (role === 'system') {
    const problem = 'it takes system messages only before all others. Move it, or pass { hoistSystem: true }.'
    throw refuse(gemini, firstOf(turn), 'system_position', problem)
  }
  if (role === 'user') {
    return fill(turn, { role: 'user', parts: [...results.map(writeResult), ...entries.flatMap(writeUserPart)] })
  }
  const parts: GeminiPart[] = []
  for (const entry of entries) {
    const { message } = entry
    parts.push(
      ...writeThoughts(entry),
      ...(message.role === 'tool' ? [writeCall({ ...entry, message })] : writeText(entry)),
    )
  }
  const place = parts.findIndex(({ functionCall }) => functionCall !== undefined)
  const call = parts[place]
  if (call !== undefined && index === 0) {
    const problem =
      'it wants a call to come behind a turn of the user. Put one before it, or pass { opening: "Go on." }.'
    throw refuse(gemini, firstOf(turn), 'assistant_first', problem)
  }
  if (call !== undefined && signature !== undefined && !isSigned(call, parts[place - 1])) {
    call.thoughtSignature = signature
  }
  return fill(turn, { role: 'model', parts })
}

/** By itself, or by a part before it that is nothing but a signature: that of a text or thought is not for the call. */
function isSigned(call: GeminiPart, before: GeminiPart | undefined): boolean {
  return call.thoughtSignature !== undefined || (before?.text === '' && before.thoughtSignature !== undefined)
}

function fill(turn: Turn, content: GeminiContent): GeminiContent {
  if (content.parts.length > 0) return content
  const problem = 'it refuses a turn without text. Leave the message out, or say something.'
  throw refuse(gemini, firstOf(turn), 'empty_text', problem)
}
