import type { Analyzer } from './analyzer.ts'
import { englishStopWords } from './english-stop-words.ts'
import { stemEnglish } from './stem-english.ts'
import { createWordAnalyzer } from './word-analyzer.ts'

const english = 'english'

/** The parts of the analyzer that can be replaced. */
export interface EnglishAnalyzerOptions {
  /** What the analyzer with other parts is called, not `english`: an index made with one is not opened with another. */
  name: string
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
export function createEnglishAnalyzer(options?: EnglishAnalyzerOptions): Analyzer {
  if (options === undefined)
    return createWordAnalyzer({ name: english, stopWords: englishStopWords, stem: stemEnglish })
  const { name, stopWords = englishStopWords, stem = stemEnglish, ...others } = options
  if (name === english) {
    throw new TypeError(`"name" must be another than "${english}" for an analyzer with other parts.`)
  }
  return createWordAnalyzer({ ...others, name, stopWords, stem })
}
