import { isBlank } from '../wire/is-blank.ts'
import { vendorFields } from '../wire/vendor-fields.ts'
import { refuse, type WireEntry } from '../wire/wire-entry.ts'
import { claude, type ClaudeTextBlock } from './claude-message.ts'

/** A block of an answer: one of `metadata.claude.thinking` by its position, a piece of the text, or a call by its id. */
export type ClaudePlace = number | ClaudeTextBlock | { readonly type: 'tool_use'; readonly id: string }

/**
 * The order of the blocks of an answer, where `thinking` does not stand before all text and calls: the API refuses thoughts that
 * have moved. `undefined` where a message has none, or has become another one since: its text, or what it keeps.
 *
 * @param kept The number of blocks in `thinking`.
 */
export function readOrder(entry: WireEntry, kept: number): readonly ClaudePlace[] | undefined {
  const { order } = vendorFields(entry, claude)
  if (order === undefined) return undefined
  if (!Array.isArray(order) || !order.every(isPlace)) {
    throw refuse(
      claude,
      entry,
      'metadata',
      'its metadata.claude.order is to be an array of positions, texts and calls.',
    )
  }
  const positions = order.filter((place) => typeof place === 'number')
  const isWhole = positions.length === kept && new Set(positions).size === kept
  const isWithin = positions.every((position) => position >= 0 && position < kept)
  const text = order.map((place) => (isText(place) ? place.text : '')).join('')
  const said = entry.message.role === 'assistant' ? entry.text : ''
  return isWhole && isWithin && text === said ? order : undefined
}

/** Whether it is a text that the API takes: a blank one it refuses. */
export function isSolidText(place: ClaudePlace): place is ClaudeTextBlock {
  return isText(place) && !isBlank(place.text)
}

function isText(place: ClaudePlace): place is ClaudeTextBlock {
  return typeof place === 'object' && place.type === 'text'
}

function isPlace(place: unknown): place is ClaudePlace {
  if (typeof place !== 'object' || place === null) return Number.isSafeInteger(place)
  const { type, text, id } = place as { type?: unknown; text?: unknown; id?: unknown }
  return type === 'text' ? typeof text === 'string' : type === 'tool_use' && typeof id === 'string'
}
