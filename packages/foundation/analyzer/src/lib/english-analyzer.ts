import type { Analyzer } from './analyzer.ts'
import { englishStopWords } from './english-stop-words.ts'
import { stemEnglish } from './stem-english.ts'
import { createWordAnalyzer } from './word-analyzer.ts'

/** The parts of the analyzer that can be replaced. */
export interface EnglishAnalyzerOptions {
  /** Words that are not indexed, in any case and with or without accents. Default: `englishStopWords`. */
  stopWords?: Iterable<string> | undefined
  /** What a folded word is reduced to; an empty string drops the word. Default: `stemEnglish`. */
  stem?: ((word: string) => string) | undefined
}

/**
 * An analyzer for English text and code: `splitWords`, then `foldWord`, stop words and `stemEnglish`.
 *
 * Of a word of more than 64 characters the first 64 count. Words in other languages are split and folded by the same
 * rules; the stemmer changes only those that end like English ones.
 */
export function createEnglishAnalyzer(options: EnglishAnalyzerOptions = {}): Analyzer {
  const { stopWords = englishStopWords, stem = stemEnglish } = options
  if (typeof stem !== 'function') throw new TypeError(`"stem" must be a function, got a ${typeof stem}.`)
  return createWordAnalyzer({ name: 'english', stopWords, stem })
}
