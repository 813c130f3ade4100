import type { StreamPart } from '@empire/llm'
import type { ClaudeCitation } from '../read-citation.ts'

type Fields = Readonly<Record<string, unknown>>

/** What stands in one place of an answer: a block that is given back, by its position among these, a text, or a call. */
type Place =
  | number
  | { readonly type: 'text'; readonly text: string; readonly citations?: readonly ClaudeCitation[] }
  | { readonly type: 'tool_use'; readonly id: string }

/** What the next turn has to say of an answer beyond its thoughts, text and calls. Each block is told at its end. */
export interface TurnRecord {
  /** A block that is given back as it is. */
  keep(index: number): void
  text(index: number, text: string, citations: readonly ClaudeCitation[]): void
  /** A call; `fields` are those of its block that are given back with it. */
  call(index: number, id: string, fields: Fields): void
  /** A piece of reasoning without text that says it, for `appendResponse`; none where there is nothing to say. */
  parts(): readonly StreamPart[]
}

/** Nothing yet. */
export function createTurnRecord(): TurnRecord {
  const places = new Map<number, Place>()
  const calls = new Map<string, Fields>()
  let kept = 0
  return {
    keep: (index) => void places.set(index, kept++),
    text(index, text, citations) {
      // The API wants these back, and no others: what those are about may have left the conversation.
      const own = citations.filter(({ type }) => type === 'web_search_result_location')
      places.set(index, { type: 'text', text, ...(own.length === 0 ? {} : { citations: own }) })
    },
    call(index, id, fields) {
      places.set(index, { type: 'tool_use', id })
      if (Object.keys(fields).length > 0) calls.set(id, fields)
    },
    parts() {
      const order = Array.from(places)
        .toSorted(([one], [other]) => one - other)
        .map(([, place]) => place)
      const claude = {
        ...(isUsual(order) ? {} : { order }),
        ...(calls.size === 0 ? {} : { calls: Object.fromEntries(calls) }),
      }
      if (Object.keys(claude).length === 0) return []
      return [{ type: 'reasoning-start' }, { type: 'reasoning-end', vendor: { claude } }]
    },
  }
}

/** First what is given back, then the text, then the calls: so they are written where nothing else is said. */
function isUsual(order: readonly Place[]): boolean {
  const ranks = order.map((place) => (typeof place === 'number' ? 0 : place.type === 'text' ? 1 : 2))
  const isCited = order.some((place) => typeof place === 'object' && 'citations' in place)
  return !isCited && ranks.every((rank, index) => index === 0 || rank >= (ranks[index - 1] as number))
}
