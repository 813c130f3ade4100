import type { Context } from '../context.ts'
import { firstOf, listTurns, type Turn } from '../wire/turns.ts'
import { isBlank } from '../wire/is-blank.ts'
import { listEntries, refuse, type WireEntry } from '../wire/wire-entry.ts'
import { checkWireOptions, type WireOptions } from '../wire/wire-options.ts'
import { createBlockWriter, type BlockWriter } from './claude-block-writer.ts'
import { claude, type ClaudeMessage, type ClaudePrompt } from './claude-message.ts'

/**
 * The `system` and `messages` of a request to the Messages API of Claude: `messages.create({ model, max_tokens,
 * ...toClaude(context) })`.
 *
 * The first system messages are `system`. Then turns alternate: neighbours of one role are one message with a block for
 * each, and the first is the user's; a history that was cut may need an `opening`. Calls are the assistant's; their results
 * are the first blocks of the message behind it, in the order of the calls. Empty texts, which the API refuses, are left
 * out where the turn has more to it. Ids of calls with characters that the API refuses are rewritten, in the call and its
 * result alike.
 *
 * A later system message stays in its place if it stands between the user and the assistant, or behind the user at the
 * end; models from Claude Opus 4.8 on take it there. Anywhere else it is an error, or moved by `hoistSystem`.
 *
 * Media: images (JPEG, PNG, GIF, WebP) and PDF by web address or data, plain text in UTF-8 by data, and all of them by the
 * address of a file of the Files API, `https://api.anthropic.com/v1/files/file_…`. Such a file of another type is one for the
 * programs that Claude runs.
 *
 * `metadata.claude` of a message: `thinking`, blocks to put before it, thoughts or what the API's own tools did; `order`,
 * where in the answer they stood, if not before it; whatever else its block is to have, such as `cache_control`.
 *
 * Throws `UnsupportedMessageError` for what the API has no form for, such as a call without a result, and what rendering
 * throws.
 */
export function toClaude(context: Context, options: WireOptions = {}): ClaudePrompt {
  checkWireOptions(options)
  const turns = listTurns(listEntries(context, claude, options), claude)
  const write = createBlockWriter()
  const system = turns[0]?.role === 'system' ? write.texts(turns.shift()?.entries ?? []) : []
  const messages = turns.map((turn, index) => writeTurn(turn, turns[index - 1], turns[index + 1], write))
  return { ...(system.length === 0 ? {} : { system }), messages }
}

function writeTurn(turn: Turn, before: Turn | undefined, after: Turn | undefined, write: BlockWriter): ClaudeMessage {
  const { role, entries, results } = turn
  if (role === 'user')
    return fill(turn, { role, content: [...results.map(write.result), ...write.userBlocks(entries)] })
  if (role === 'system') {
    checkPosition(turn, before, after)
    return fill(turn, { role, content: write.texts(entries) })
  }
  if (before === undefined) {
    const problem = 'it wants the user to begin. Put a message of the user before it, or pass { opening: "Go on." }.'
    throw refuse(claude, firstOf(turn), 'assistant_first', problem)
  }
  const content = write.assistantBlocks(entries)
  if (after === undefined) checkEnd(entries, content.at(-1))
  return fill(turn, { role, content })
}

function fill(turn: Turn, message: ClaudeMessage): ClaudeMessage {
  if (message.content.length > 0) return message
  const problem = 'it refuses a turn without text. Leave the message out, or say something.'
  throw refuse(claude, firstOf(turn), 'empty_text', problem)
}

function checkPosition(turn: Turn, before: Turn | undefined, after: Turn | undefined): void {
  if (before?.role === 'user' && after?.role !== 'user') return
  const rule = 'it takes a later system message only behind the user and before the assistant, or at the end.'
  throw refuse(claude, firstOf(turn), 'system_position', `${rule} Move it, or pass { hoistSystem: true }.`)
}

/** The API goes on with an answer that stands at the end, and refuses one that ends with white space. */
function checkEnd(entries: readonly WireEntry[], end: object | undefined): void {
  if (end === undefined || !('text' in end) || !/\s$/.test(String(end.text))) return
  const last = entries.findLast(({ message, text }) => message.role === 'assistant' && !isBlank(text)) as WireEntry
  const problem = 'an answer at the end must not end with white space. Trim it, or let the user have the last word.'
  throw refuse(claude, last, 'trailing_space', problem)
}
