import type { Analyzer } from '@empire/analyzer'
import { createFormJudge, type AnswerForm } from './answer-form.ts'
import { createMatcher, raiseMatch, type Match } from './match-concepts.ts'
import type { Passage } from './read-conversation.ts'
import type { Concept } from './read-question.ts'
import { readableText } from './readable-text.ts'
import { splitUnits, type Unit } from './split-units.ts'

/** A unit with what it is worth as an answer. */
export interface RankedUnit {
  readonly unit: Unit
  readonly passage: Passage
  /** How much of the question it holds together with what stands around it, from 0 to 1: whether it is an answer. */
  readonly coverage: number
  /** How good an answer it is beside others. */
  readonly score: number
}

interface Candidate {
  readonly unit: Unit
  readonly passage: Passage
  /** The position of the passage: the best come first. */
  readonly position: number
  readonly own: Match
  /** What it says itself, or stands under. */
  readonly direct: Match
  /** What it says itself, stands under or stands beside. */
  readonly near: Match
}

/** How much a word counts that stands around a unit, against 1 in the unit. */
const reach = { above: 0.95, beside: 0.3, passage: 0.4, origin: 0.6 }
const directAbove = 0.6
/** A synonym counts as found, a part of a compound does not. */
const foundFrom = 0.5
const missingWeight = 1.8
const leastWeight = 0.25
const leastDirect = 0.3
const echo = /\?["'`“”’,;)\]*_]*$/

/** The units that say something about the concepts of a question, with their worth as an answer to it. */
export function rankUnits(
  question: string,
  concepts: readonly Concept[],
  passages: readonly Passage[],
  analyzer: Analyzer,
): RankedUnit[] {
  const match = createMatcher(concepts, analyzer)
  const judge = createFormJudge(question)
  const asked = question.trim().toLowerCase()
  const isQuestion = asked.endsWith('?')
  const candidates = passages.flatMap((passage, position) => readCandidates(passage, position, match))
  const weights = weigh(concepts, candidates)
  const ranked: RankedUnit[] = []
  for (const { unit, passage, position, direct, near } of candidates) {
    const said = share(direct, weights)
    // What holds the question word for word asks it, and does not answer it.
    if (said < leastDirect || (isQuestion && unit.text.toLowerCase().includes(asked))) continue
    const form = judge(readableText([unit.text, ...unit.below].join('\n')))
    const coverage = share(near, weights) * credibility(unit, form)
    const prior = 1 / (1 + 0.03 * Math.min(position, 10))
    const score = (0.4 * coverage + 0.6 * said) * prior * readability(unit) * form.bonus
    ranked.push({ unit, passage, coverage, score })
  }
  return ranked
}

function readCandidates(passage: Passage, position: number, match: (text: string) => Match): Candidate[] {
  const units = splitUnits(passage.text)
  const owns = units.map(({ text }) => match(readableText(text)))
  const everywhere = match(passage.origin).map((strength) => strength * reach.origin)
  for (const own of owns) raiseMatch(everywhere, own, reach.passage)
  const remembered = new Map<string, Match>()
  const matchAbove = (text: string): Match => {
    const known = remembered.get(text) ?? match(text)
    remembered.set(text, known)
    return known
  }
  return units.map((unit, index) => {
    const own = owns[index] ?? []
    const direct = [...own]
    const near = [...everywhere]
    raiseMatch(near, own, 1)
    for (const text of unit.above) {
      raiseMatch(direct, matchAbove(text), directAbove)
      raiseMatch(near, matchAbove(text), reach.above)
    }
    raiseMatch(near, owns[index - 1], reach.beside)
    raiseMatch(near, owns[index + 1], reach.beside)
    return { unit, passage, position, own, direct, near }
  })
}

/** The rarer a concept among the units, the more it tells; one that no unit has tells most, against an answer. */
function weigh(concepts: readonly Concept[], candidates: readonly Candidate[]): number[] {
  const all = Math.log(1 + candidates.length)
  return concepts.map(({ weight }, index) => {
    let found = 0
    for (const { own } of candidates) if ((own[index] ?? 0) >= foundFrom) found++
    if (found === 0) return weight * missingWeight
    return weight * (leastWeight + ((1 - leastWeight) * Math.log(1 + candidates.length / found)) / all)
  })
}

/** How much of the weight a match holds, from 0 to 1. */
function share(match: Match, weights: readonly number[]): number {
  let sum = 0
  let total = 0
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] ?? 0
    sum += weight * (match[index] ?? 0)
    total += weight
  }
  return total === 0 ? 0 : sum / total
}

/** Code has the words of a question more often than its answer; a question asked back has all of them. */
function credibility({ kind, text }: Unit, { fits }: AnswerForm): number {
  return (kind === 'code' ? 0.85 : 1) * (fits ? 1 : 0.6) * (echo.test(text) ? 0.75 : 1)
}

/** A sentence of the usual length reads best; a row or a line of code says little by itself. */
function readability({ kind, text }: Unit): number {
  const length = text.length < 20 ? 0.85 : 1 / (1 + Math.max(0, text.length - 160) / 800)
  return length * (kind === 'code' || kind === 'row' ? 0.85 : 1)
}
