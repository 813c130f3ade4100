import { type Analyzer, createEnglishAnalyzer, foldWord, splitWords, wordBounds } from '@empire/analyzer'

const parts = {
  arabic: () => Promise.all([import('@orama/stemmers/arabic'), import('@orama/stopwords/arabic')]),
  armenian: () => Promise.all([import('@orama/stemmers/armenian'), import('@orama/stopwords/armenian')]),
  bulgarian: () => Promise.all([import('@orama/stemmers/bulgarian'), import('@orama/stopwords/bulgarian')]),
  danish: () => Promise.all([import('@orama/stemmers/danish'), import('@orama/stopwords/danish')]),
  dutch: () => Promise.all([import('@orama/stemmers/dutch'), import('@orama/stopwords/dutch')]),
  finnish: () => Promise.all([import('@orama/stemmers/finnish'), import('@orama/stopwords/finnish')]),
  french: () => Promise.all([import('@orama/stemmers/french'), import('@orama/stopwords/french')]),
  german: () => Promise.all([import('@orama/stemmers/german'), import('@orama/stopwords/german')]),
  greek: () => Promise.all([import('@orama/stemmers/greek'), import('@orama/stopwords/greek')]),
  hindi: () => Promise.all([import('@orama/stemmers/indian'), import('@orama/stopwords/indian')]),
  hungarian: () => Promise.all([import('@orama/stemmers/hungarian'), import('@orama/stopwords/hungarian')]),
  indonesian: () => Promise.all([import('@orama/stemmers/indonesian'), import('@orama/stopwords/indonesian')]),
  irish: () => Promise.all([import('@orama/stemmers/irish'), import('@orama/stopwords/irish')]),
  italian: () => Promise.all([import('@orama/stemmers/italian'), import('@orama/stopwords/italian')]),
  lithuanian: () => Promise.all([import('@orama/stemmers/lithuanian'), import('@orama/stopwords/lithuanian')]),
  nepali: () => Promise.all([import('@orama/stemmers/nepali'), import('@orama/stopwords/nepali')]),
  norwegian: () => Promise.all([import('@orama/stemmers/norwegian'), import('@orama/stopwords/norwegian')]),
  portuguese: () => Promise.all([import('@orama/stemmers/portuguese'), import('@orama/stopwords/portuguese')]),
  romanian: () => Promise.all([import('@orama/stemmers/romanian'), import('@orama/stopwords/romanian')]),
  russian: () => Promise.all([import('@orama/stemmers/russian'), import('@orama/stopwords/russian')]),
  serbian: () => Promise.all([import('@orama/stemmers/serbian'), import('@orama/stopwords/serbian')]),
  spanish: () => Promise.all([import('@orama/stemmers/spanish'), import('@orama/stopwords/spanish')]),
  swedish: () => Promise.all([import('@orama/stemmers/swedish'), import('@orama/stopwords/swedish')]),
  tamil: () => Promise.all([import('@orama/stemmers/tamil'), import('@orama/stopwords/tamil')]),
  turkish: () => Promise.all([import('@orama/stemmers/turkish'), import('@orama/stopwords/turkish')]),
  ukrainian: () => Promise.all([import('@orama/stemmers/ukrainian'), import('@orama/stopwords/ukrainian')]),
}

/** A language that there is an analyzer for. */
export type AnalyzerLanguage = keyof typeof parts | 'english'

/** All of them, by name. */
export const analyzerLanguages: readonly AnalyzerLanguage[] = Object.freeze(
  [...(Object.keys(parts) as AnalyzerLanguage[]), 'english' as const].toSorted(),
)

/** What an apostrophe ties to a word without belonging to it: articles before it, endings behind it. */
const clitics: { readonly [Language in AnalyzerLanguage]?: RegExp } = {
  dutch: /'s?$/,
  french: /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=.)/,
  italian: /^(?:[cdlmstv]|(?:a|da|de|ne|su|co|pe)ll|(?:a|da|de|ne|su)?gl|un|quest|quell|sant)'(?=.)/,
  turkish: /'.*$/,
}
const apostrophes = /[\u2019\u02bc]/g

const longestToken = 64

/**
 * The analyzer of a language: the words of `splitWords`, without its stop words and what an apostrophe ties to a word (French
 * `l'avion`, Turkish `Ankara'nın`), each reduced to its stem by the language's stemmer and then folded. Of English it is that of
 * `createEnglishAnalyzer`. Loads what the language needs, and no other. Rejects with a `TypeError` for a language that it does not know.
 */
export async function loadAnalyzer(language: AnalyzerLanguage): Promise<Analyzer> {
  if (language === 'english') return createEnglishAnalyzer()
  if (!Object.hasOwn(parts, language)) {
    throw new TypeError(`"language" must be one of ${analyzerLanguages.join(', ')}, got ${JSON.stringify(language)}.`)
  }
  const [{ stemmer }, { stopwords }] = await parts[language]()
  const clitic = clitics[language]
  const stopped = new Set(stopwords.map(foldWord))
  // The letters I and i are of different words in Turkish only.
  const lower = (word: string): string => (language === 'turkish' ? word.toLocaleLowerCase('tr') : word.toLowerCase())
  const read = (token: string): string => {
    const word = lower(shorten(token).normalize('NFKC')).replace(apostrophes, "'")
    return clitic === undefined ? word : word.replace(clitic, '')
  }
  return Object.freeze({
    name: language,
    tokens: splitWords,
    bounds: wordBounds,
    fold: (token: string): string => foldWord(read(token)),
    term(token: string): string | undefined {
      const word = read(token)
      if (stopped.has(foldWord(word))) return undefined
      // Its rules are about letters with their accents; what they leave is compared without.
      return foldWord(stemmer(word)) || undefined
    },
  })
}

/** The first characters of a word, none of them cut in two. */
function shorten(token: string): string {
  return token.length > longestToken ? token.slice(0, longestToken).replace(/[\ud800-\udbff]$/, '') : token
}
