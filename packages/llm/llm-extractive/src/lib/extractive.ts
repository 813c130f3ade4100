import { createEnglishAnalyzer, type Analyzer } from '@empire/analyzer'
import { describeValue } from '@empire/errors'
import { defineModel, type LanguageModel, type StreamPart } from '@empire/llm'
import { answerForm } from './answer-form.ts'
import { rankUnits, type RankedUnit } from './rank-units.ts'
import { readConversation } from './read-conversation.ts'
import { readQuestion } from './read-question.ts'

/** Options of `createExtractive`. */
export interface ExtractiveOptions {
  /** The most sentences that are quoted. Default: 3. */
  readonly maxSentences?: number | undefined
  /** How text becomes words. Default: `createEnglishAnalyzer()`. */
  readonly analyzer?: Analyzer | undefined
}

const enough = 0.62
const noUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

export function createExtractive({
  maxSentences = 3,
  analyzer = createEnglishAnalyzer(),
}: ExtractiveOptions = {}): LanguageModel {
  if (!Number.isSafeInteger(maxSentences) || maxSentences < 1) {
    throw new TypeError(`"maxSentences" must be a positive integer, got ${describeValue(maxSentences)}.`)
  }
  return defineModel({
    id: 'extractive',
    async *stream({ messages }): AsyncGenerator<StreamPart> {
      const { question, passages } = readConversation(messages)
      const ranked = rankUnits(readQuestion(question, analyzer), passages, analyzer, answerForm(question))
      const quotes = choose(ranked, maxSentences)
      yield { type: 'text-start' }
      if (quotes.length === 0) {
        yield {
          type: 'text-delta',
          text: 'Nothing in the passages answers this question. (A program that only quotes looked; it is no language model.)',
        }
      } else {
        yield { type: 'text-delta', text: 'Quoted from the passages by a program that is no language model:' }
        for (const { unit, passage } of quotes) {
          yield { type: 'text-delta', text: `\n\n${[unit.text, ...unit.below].join('\n')} ${passage.marker}` }
        }
      }
      yield { type: 'text-end' }
      yield { type: 'usage', usage: noUsage }
      yield { type: 'finish', reason: 'stop', vendorReason: quotes.length === 0 ? 'nothing_relevant' : 'quoted' }
    },
  })
}

function choose(ranked: readonly RankedUnit[], count: number): RankedUnit[] {
  const sorted = ranked.filter(({ coverage }) => coverage >= enough).toSorted((a, b) => b.score - a.score)
  const best = sorted[0]?.score ?? 0
  const chosen: RankedUnit[] = []
  for (const entry of sorted) {
    if (chosen.length === count || entry.score < 0.7 * best) break
    if (!chosen.some((other) => other.unit.text === entry.unit.text)) chosen.push(entry)
  }
  return chosen
}
