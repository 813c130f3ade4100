import type { Message, ToolResultMessage } from '../message.ts'
import { pairCalls } from './pair-calls.ts'
import type { Vendor, WireEntry } from './wire-entry.ts'

/** Neighbours of one role. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant'
  /** Who speaks, among several of one role; `undefined` as long as nobody has said so. */
  speaker: string | undefined
  /** What answers the calls of the turn before, in their order. Comes before `entries`. */
  results: readonly WireEntry<ToolResultMessage>[]
  readonly entries: WireEntry[]
}

/**
 * The turns of a conversation: neighbours of one role and speaker are one, media are the user's, calls the assistant's.
 * The results of calls are the beginning of the turn behind them, also if something else was said first.
 *
 * `speakerOf` tells speakers of one role apart; an entry for which it gives `undefined` goes with its neighbours. Throws
 * `UnsupportedMessageError` unless each call is answered once before the assistant speaks again.
 */
export function listTurns(
  entries: readonly WireEntry[],
  vendor: Vendor,
  speakerOf: (entry: WireEntry) => string | undefined = () => undefined,
): Turn[] {
  const turns: Turn[] = []
  let pairing = pairCalls(vendor)
  /** Of the turn behind the calls. */
  let place = 0

  function open(role: Turn['role']): Turn {
    const turn: Turn = { role, speaker: undefined, results: [], entries: [] }
    if (role === 'assistant') {
      placeResults()
      pairing = pairCalls(vendor)
      place = turns.length + 1
    }
    turns.push(turn)
    return turn
  }

  function placeResults(): void {
    const results = pairing.close()
    if (results.length === 0) return
    const next = turns[place]
    if (next?.role === 'user') next.results = results
    else turns.splice(place, 0, { role: 'user', speaker: undefined, results, entries: [] })
  }

  for (const entry of entries) {
    const { message } = entry
    if (message.role === 'tool_result') {
      pairing.answer({ ...entry, message })
      continue
    }
    const role = sideOf(message)
    const speaker = speakerOf(entry)
    const last = turns.at(-1)
    const goesOn =
      last?.role === role &&
      !(role === 'assistant' && pairing.answered) &&
      (speaker === undefined || last.speaker === undefined || last.speaker === speaker)
    const turn = goesOn ? last : open(role)
    turn.speaker ??= speaker
    turn.entries.push(entry)
    if (message.role === 'tool') pairing.call({ ...entry, message })
  }
  placeResults()
  return turns
}

/** What a turn begins with. */
export function firstOf({ results, entries }: Turn): WireEntry {
  return (results[0] ?? entries[0]) as WireEntry
}

function sideOf({ role }: Message): Turn['role'] {
  if (role === 'tool') return 'assistant'
  return role === 'media' || role === 'tool_result' ? 'user' : role
}
