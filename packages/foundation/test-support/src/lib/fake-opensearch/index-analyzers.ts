import { illegalArgument } from './opensearch-failure.ts'
import { readArray, readChoice, type JsonObject, readObject, readText, readWhole } from './read-object.ts'

/** A term of a text, and its place there. */
export interface PlacedTerm {
  readonly term: string
  readonly position: number
}

/** Parts a text into terms. */
export type IndexAnalyzer = (text: string) => PlacedTerm[]

/** What a tokenizer cuts tokens into unless it is told otherwise, and the most that it may be told. */
const [usualLength, mostLength] = [255, 1024 * 1024]

/** The custom analyzers of `settings.index.analysis`: character groups, and stop words that leave their places empty. */
export function readAnalyzers(analysis: unknown): ReadonlyMap<string, IndexAnalyzer> {
  const given = readObject('analysis', analysis ?? {}, ['analyzer', 'filter', 'tokenizer'])
  const tokenizers = readParts('tokenizer', given['tokenizer'], readTokenizer)
  const filters = readParts('filter', given['filter'], readStopWords)
  return readParts('analyzer', given['analyzer'], (place, value) => {
    const { type, tokenizer, filter = [] } = readObject(place, value, ['type', 'tokenizer', 'filter', 'char_filter'])
    readChoice(`${place}.type`, type, ['custom'])
    const split = tokenizers.get(readText(`${place}.tokenizer`, tokenizer))
    const stops = readArray(`${place}.filter`, filter).map((name) => filters.get(String(name)))
    if (split === undefined || stops.includes(undefined)) {
      throw illegalArgument(`Custom Analyzer [${place}] failed to find a tokenizer or filter under its name`)
    }
    return (text) =>
      split(text).flatMap((term, position) => (stops.some((words) => words?.has(term)) ? [] : [{ term, position }]))
  })
}

function readParts<Part>(
  name: string,
  given: unknown,
  read: (place: string, value: unknown) => Part,
): ReadonlyMap<string, Part> {
  const parts = Object.entries(readObject(name, given ?? {}))
  return new Map(parts.map(([key, value]) => [key, read(`${name}.${key}`, value)]))
}

function readTokenizer(place: string, value: unknown): (text: string) => string[] {
  const given = readObject(place, value, ['type', 'tokenize_on_chars', 'max_token_length'])
  readChoice(`${place}.type`, given['type'], ['char_group'])
  const signs = new Set(readArray(`${place}.tokenize_on_chars`, given['tokenize_on_chars']).map(String))
  const longest = readWhole(`${place}.max_token_length`, given['max_token_length'] ?? usualLength, 1, mostLength)
  return (text) => {
    const tokens: string[] = []
    let token = ''
    for (const sign of text) {
      const ends = signs.has(sign)
      if (!ends) token += sign
      if (token !== '' && (ends || token.length >= longest)) {
        tokens.push(token)
        token = ''
      }
    }
    if (token !== '') tokens.push(token)
    return tokens
  }
}

function readStopWords(place: string, value: unknown): ReadonlySet<string> {
  const known = ['type', 'stopwords', 'stopwords_path', 'ignore_case', 'remove_trailing']
  const { type, stopwords }: JsonObject = readObject(place, value, known)
  readChoice(`${place}.type`, type, ['stop'])
  return new Set(readArray(`${place}.stopwords`, stopwords).map(String))
}
