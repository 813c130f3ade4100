import type { Analyzer } from './analyzer.ts'
import { foldWord } from './fold-word.ts'
import { splitWords, wordBounds } from './split-words.ts'

/** The parts of an analyzer of words. */
export interface WordAnalyzerOptions {
  /** What it is called: an index made under one name answers only queries analysed under the same name. */
  readonly name: string
  /** Words that are not indexed, in any case and with or without accents. */
  readonly stopWords: Iterable<string>
  /** What a folded word is reduced to; an empty string drops the word. */
  readonly stem: (word: string) => string
}

const longestToken = 64
const versionPrefix = /^v(?=\d+\.\d)/

/**
 * An analyzer of words: `splitWords`, then `foldWord`, stop words and the stem. Of a word the first 64 characters count.
 *
 * Throws a `TypeError` that names the faulty option.
 */
export function createWordAnalyzer({ name, stopWords, stem, ...others }: WordAnalyzerOptions): Analyzer {
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw new TypeError(`The options are "name", "stopWords" and "stem", got "${unknown}".`)
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(
      `"name" must be a string such as "english-legal", got ${name === '' ? 'an empty one' : name === null ? 'null' : `a value of type ${typeof name}`}.`,
    )
  }
  if (typeof stem !== 'function') throw new TypeError(`"stem" must be a function, got a ${typeof stem}.`)
  const stopped = readStopWords(stopWords)
  return Object.freeze({
    name,
    tokens: splitWords,
    bounds: wordBounds,
    fold,
    term(token: string): string | undefined {
      const word = fold(token)
      return stopped.has(word) ? undefined : stem(word) || undefined
    },
  })
}

function fold(token: string): string {
  return foldWord(shorten(token)).replace(versionPrefix, '')
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
