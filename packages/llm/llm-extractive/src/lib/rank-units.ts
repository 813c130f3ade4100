import type { Analyzer } from '@empire/analyzer'
import { conceptMatcher, type Match } from './match-concepts.ts'
import type { Concept } from './read-question.ts'
import type { Passage } from './read-conversation.ts'
import { splitUnits, type Unit } from './split-units.ts'

/** A unit with what it is worth as an answer. */
export interface RankedUnit {
  readonly unit: Unit
  readonly passage: Passage
  /** The share of the question's weight that the unit and what stands around it cover, from 0 to 1. */
  readonly coverage: number
  readonly score: number
}

const reach = { above: 0.8, beside: 0.6, passage: 0.4, origin: 0.5 }

export function rankUnits(
  concepts: readonly Concept[],
  passages: readonly Passage[],
  analyzer: Analyzer,
  form: (unit: Unit) => number,
): RankedUnit[] {
  const match = conceptMatcher(concepts, analyzer)
  const entries: { unit: Unit; passage: Passage; own: Match; above: Match; around: Match; prior: number }[] = []
  for (const [position, passage] of passages.entries()) {
    const origin = match(passage.origin)
    const units = splitUnits(passage.text)
    const owns = units.map(({ text }) => match(text))
    const whole = new Float64Array(concepts.length)
    for (const own of owns) raise(whole, own, 1)
    const memo = new Map<string, Match>()
    for (const [index, unit] of units.entries()) {
      const around = new Float64Array(concepts.length)
      raise(around, origin, reach.origin)
      raise(around, whole, reach.passage)
      const above = new Float64Array(concepts.length)
      for (const text of unit.above) {
        let found = memo.get(text)
        if (found === undefined) memo.set(text, (found = match(text)))
        raise(above, found, 1)
      }
      raise(around, above, reach.above)
      raise(around, owns[index - 1], reach.beside)
      raise(around, owns[index + 1], reach.beside)
      entries.push({ unit, passage, own: owns[index] ?? origin, above, around, prior: 1 / (1 + 0.03 * position) })
    }
  }
  const weights = weigh(concepts, entries)
  let total = 0
  for (const weight of weights) total += weight
  return entries.map(({ unit, passage, own, above, around, prior }) => {
    let covered = 0
    let direct = 0
    for (const [index, weight] of weights.entries()) {
      const mine = own[index] ?? 0
      direct += weight * Math.max(mine, 0.6 * (above[index] ?? 0))
      covered += weight * Math.max(mine, around[index] ?? 0)
    }
    const coverage = total === 0 ? 0 : covered / total
    return {
      unit,
      passage,
      coverage,
      score: prior * (0.4 * coverage + (0.6 * direct) / (total || 1)) * shape(unit) * form(unit),
    }
  })
}

function weigh(concepts: readonly Concept[], entries: readonly { own: Match; around: Match }[]): number[] {
  return concepts.map(({ weight }, index) => {
    let found = 0
    for (const { own } of entries) if ((own[index] ?? 0) >= 0.5) found++
    return (
      weight * (found === 0 ? 1.5 : 0.2 + 0.8 * (Math.log(1 + entries.length / found) / Math.log(1 + entries.length)))
    )
  })
}

/** Sentences of a usual length read best; a line of code or a row says little by itself, a question answers nothing. */
function shape({ kind, text }: Unit): number {
  const length = text.length < 20 ? 0.85 : 1 / (1 + Math.max(0, text.length - 160) / 800)
  return length * (kind === 'code' || kind === 'row' ? 0.85 : 1) * (text.endsWith('?') ? 0.7 : 1)
}

function raise(match: Match, by: Match | undefined, factor: number): void {
  if (by === undefined) return
  for (let index = 0; index < match.length; index++) {
    match[index] = Math.max(match[index] ?? 0, factor * (by[index] ?? 0))
  }
}
