import type { Analyzer } from './analyzer.ts'
import { englishStopWords } from './english-stop-words.ts'
import { foldWord } from './fold-word.ts'
import { splitWords } from './split-words.ts'
import { stemEnglish } from './stem-english.ts'

export interface EnglishAnalyzerOptions {
  /** Words that are not indexed, in any case and with or without accents. Default: `englishStopWords`. */
  stopWords?: Iterable<string> | undefined
  /** What a folded word is reduced to; an empty string drops the word. Default: `stemEnglish`. */
  stem?: ((word: string) => string) | undefined
}

const longestToken = 64
const versionPrefix = /^v(?=\d+\.\d)/

/**
 * An analyzer for English text and code: `splitWords`, then `foldWord`, stop words and `stemEnglish`.
 *
 * Words longer than 64 characters are the same term when their first 64 characters are. Text in other languages is
 * split and folded by its own rules and left unstemmed where its letters are not English ones.
 */
export function createEnglishAnalyzer(options: EnglishAnalyzerOptions = {}): Analyzer {
  const { stopWords = englishStopWords, stem = stemEnglish } = options
  if (typeof stopWords === 'string') throw new TypeError('"stopWords" must be an iterable of words, got one string.')
  if (typeof stem !== 'function') throw new TypeError(`"stem" must be a function, got ${typeof stem}.`)
  const stopped = new Set(Array.from(stopWords, foldWord))
  return Object.freeze({
    name: 'english',
    tokens: splitWords,
    term(token: string): string | undefined {
      const word = foldWord(token.length > longestToken ? token.slice(0, longestToken) : token).replace(
        versionPrefix,
        '',
      )
      if (stopped.has(word)) return undefined
      return stem(word) || undefined
    },
  })
}
