import type { Analyzer } from './analyzer.ts'
import { englishStopWords } from './english-stop-words.ts'
import { foldWord } from './fold-word.ts'
import { splitWords } from './split-words.ts'
import { stemEnglish } from './stem-english.ts'

/** The parts of the analyzer that can be replaced. */
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
 * Of a word of more than 64 characters the first 64 count. Words in other languages are split and folded by the same
 * rules; the stemmer changes only those that end like English ones.
 */
export function createEnglishAnalyzer(options: EnglishAnalyzerOptions = {}): Analyzer {
  const { stopWords = englishStopWords, stem = stemEnglish } = options
  if (typeof stem !== 'function') throw new TypeError(`"stem" must be a function, got a ${typeof stem}.`)
  const stopped = readStopWords(stopWords)
  return Object.freeze({
    name: 'english',
    tokens: splitWords,
    term(token: string): string | undefined {
      const word = foldWord(shorten(token)).replace(versionPrefix, '')
      return stopped.has(word) ? undefined : stem(word) || undefined
    },
  })
}

function readStopWords(words: unknown): ReadonlySet<string> {
  if (typeof words !== 'object' || words === null || !(Symbol.iterator in words)) {
    throw new TypeError(
      `"stopWords" must be an iterable of words, got ${words === null ? 'null' : `a ${typeof words}`}.`,
    )
  }
  const folded = Array.from(words as Iterable<unknown>, (word, index) => {
    if (typeof word === 'string') return foldWord(word)
    throw new TypeError(`"stopWords[${index}]" must be a string, got ${word === null ? 'null' : `a ${typeof word}`}.`)
  })
  return new Set(folded)
}

/** The first characters of a word, none of them cut in two. */
function shorten(token: string): string {
  return token.length > longestToken ? token.slice(0, longestToken).replace(/[\ud800-\udbff]$/, '') : token
}
