import type { ModelError, StreamPart } from '@empire/llm'
import type { BlockDelta } from '../frame-readers.ts'
import type { TurnRecord } from './create-turn-record.ts'

/** A block of an answer between its start and its end. */
export interface OpenBlock {
  /** What its start says. */
  readonly parts: readonly StreamPart[]
  /** What a delta says. One of a type that is not known is passed on as `raw`. */
  add(delta: BlockDelta): readonly StreamPart[]
  /** What its end says. */
  end(): readonly StreamPart[]
}

/** What the blocks of one answer share. */
export interface AnswerState {
  /** How much text there is so far, in UTF-16 units. */
  textLength: number
  /** A call of a tool whose arguments are no JSON. No harm if the answer was cut there. */
  broken: ModelError | undefined
  /** What has to be said of it in the next turn. */
  readonly turn: TurnRecord
}

/** What is not known here, as it came. */
export function rawPart(frame: unknown): StreamPart {
  return { type: 'raw', vendor: 'claude', frame }
}
