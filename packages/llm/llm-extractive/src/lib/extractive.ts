import { createEnglishAnalyzer, type Analyzer } from '@empire/analyzer'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { defineModel, type LanguageModel, type StreamPart } from '@empire/llm/model'
import { chooseQuotes } from './choose-quotes.ts'
import { rankUnits, type RankedUnit } from './rank-units.ts'
import { readConversation } from './read-conversation.ts'
import { createQuestionReader } from './read-question.ts'
import { stopAt } from './stop-at.ts'

/** Options of `createExtractive`. */
export interface ExtractiveOptions {
  /** The most passages of text that are quoted, from 1 to 20. Default: 3. */
  readonly maxSentences?: number | undefined
  /** How text becomes words and words become terms. Default: `createEnglishAnalyzer()`. */
  readonly analyzer?: Analyzer | undefined
}

const introduction = 'Quoted from the passages by a program that is no language model:'
const refusal =
  'Nothing in the passages answers this question, says a program that only quotes and is no language model.'
const nothingBilled = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 }

/**
 * A model without key or network: it answers the last user message by quoting the best sentences of the earlier ones.
 *
 * Each earlier user message is one passage, best first; its first line may be a label (`[1] docs/a.md:12`). System and
 * assistant messages are ignored, and so are `temperature` and `maxTokens`. Each quote is followed by the marker of its
 * passage (`[1]`). When no passage answers, the text says so and has no marker. The `finish` part tells the two apart:
 * its `vendorReason` is `quoted` or `nothing_relevant`. Usage is all zeros, for nothing is billed.
 */
export function createExtractive(options: ExtractiveOptions = {}): LanguageModel {
  expectKnownKeys('createExtractive: "options"', options, ['maxSentences', 'analyzer'])
  const { maxSentences = 3, analyzer = createEnglishAnalyzer() } = options
  if (!Number.isInteger(maxSentences) || maxSentences < 1 || maxSentences > 20) {
    throw new TypeError(`"maxSentences" must be an integer from 1 to 20, got ${describeValue(maxSentences)}.`)
  }
  const readQuestion = createQuestionReader(analyzer)
  return defineModel({
    id: 'extractive',
    async *stream({ context, stopSequences = [] }): AsyncGenerator<StreamPart, void, undefined> {
      const { question, passages } = readConversation(context.renderMessages())
      const ranked = rankUnits(question, readQuestion(question), passages, analyzer)
      const quotes = chooseQuotes(ranked, maxSentences, analyzer)
      const pieces = quotes.length === 0 ? [refusal] : [introduction, ...quotes.map(formatQuote)]
      yield { type: 'text-start' }
      for (const text of stopAt(pieces, stopSequences)) yield { type: 'text-delta', text }
      yield { type: 'text-end' }
      yield { type: 'usage', usage: nothingBilled }
      yield { type: 'finish', reason: 'stop', vendorReason: quotes.length === 0 ? 'nothing_relevant' : 'quoted' }
    },
  })
}

function formatQuote({ unit, passage }: RankedUnit): string {
  return `\n\n${[`${unit.text} ${passage.marker}`, ...unit.below].join('\n')}`
}
