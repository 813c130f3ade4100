import { assemble } from './assemble.ts'
import { createEditList } from './edit-list.ts'
import { findValues, type FoundValue } from './find-values.ts'
import { JsonUnrepairableError, type NoValueReason } from './json-repair-error.ts'
import { skipSpace } from './look-ahead.ts'
import { withNonFinite } from './non-finite.ts'
import { plainPunctuation, widen } from './plain-punctuation.ts'
import { applyEdits, type RepairEdit } from './repair-edit.ts'
import type { NonFinite, Source } from './source.ts'

/** Which of several values a text stands for. */
export type SeveralValues = 'array' | 'first' | 'last'

/** How a text is read. */
export interface ReadingOptions {
  readonly nonFinite: NonFinite
  readonly several: SeveralValues
  /** Which readings to take instead of the first ones, by offset. */
  readonly choices: ReadonlyMap<number, number>
  /** The value to take of several, by index; the option `several` decides without it. */
  readonly only?: number | undefined
}

/** One reading of a text. */
export interface Reading {
  readonly value: unknown
  readonly text: string
  readonly edits: readonly RepairEdit[]
  readonly truncatedAt: number | undefined
  /** How many values there were to choose from. */
  readonly candidates: number
  /** The offsets at which another reading was possible, with their number. */
  readonly doubts: ReadonlyMap<number, number>
}

/** Reads a text that is no JSON. */
export function readText(original: string, { nonFinite, several, choices, only }: ReadingOptions): Reading {
  const text = plainPunctuation(original)
  const source: Source = {
    text,
    original,
    lastLine: text.lastIndexOf('\n') + 1,
    edits: createEditList(),
    nonFinite,
    doubts: new Map(),
    choices,
    nonFiniteAt: new Map(),
  }
  const { values, wrappings } = findValues(source)
  const best = values.reduce((rank, value) => Math.max(rank, value.rank), 0)
  const likely = values.filter(({ rank }) => rank === best)
  if (likely.length === 0) {
    throw new JsonUnrepairableError(
      reasonWithout(
        text,
        wrappings.some(({ kind }) => kind === 'remove_thought'),
      ),
      text.length,
    )
  }
  const chosen = choose(likely, several, only)
  const edits = widen(original, text, assemble(text, chosen, wrappings))
  const repaired = applyEdits(original, edits)
  const last = chosen.at(-1)
  return {
    value: nonFinite === 'number' ? withNonFinite(original, edits, source.nonFiniteAt) : JSON.parse(repaired),
    text: repaired,
    edits,
    truncatedAt: last?.isCut === true ? cutOffset(text, last.end) : undefined,
    candidates: likely.length,
    doubts: source.doubts,
  }
}

/** The end of the text, unless something follows the value, as the end of a fence. */
function cutOffset(text: string, end: number): number {
  return skipSpace(text, end) === text.length ? text.length : end
}

function choose(
  values: readonly FoundValue[],
  several: SeveralValues,
  only: number | undefined,
): readonly FoundValue[] {
  if (only !== undefined) return values.slice(only, only + 1)
  if (several === 'array') return values
  return several === 'first' ? values.slice(0, 1) : values.slice(-1)
}

function reasonWithout(text: string, hasThoughts: boolean): NoValueReason {
  if (text.trim() === '') return 'empty'
  return hasThoughts ? 'thought' : 'prose'
}
