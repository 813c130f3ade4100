import { renderFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import { type Filter, filterOf } from './filter.ts'
import { charged, textOf } from './text-filters.ts'

const cjk = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]/gu
const words = /\S+/g

/** What `slugify` puts a dash for, by its mode; nothing is replaced by `none`. */
const separators: Readonly<Record<string, RegExp | undefined>> = {
  raw: /\s+/g,
  default: /[^\p{M}\p{L}\p{Nd}]+/gu,
  pretty: /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu,
  ascii: /[^A-Za-z0-9]+/g,
  latin: /[^\p{M}\p{L}\p{Nd}]+/gu,
}

/** Letters with accents, and what is written for them without. */
const latin = new Map<string, string>()
for (const letter of 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ') {
  latin.set(letter, letter.normalize('NFD').slice(0, 1))
}
for (const [letter, plain] of Object.entries({
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ß: 'ss',
  ẞ: 'SS',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ø: 'o',
  Ø: 'O',
})) {
  latin.set(letter, plain)
}

/** Filters of Jekyll, liquidjs and Shopify for the words and the white space of a text. */
export const wordFilters: Readonly<Record<string, Filter>> = {
  normalize_whitespace: filterOf(0, 0, (run, value) => charged(run, spaced(textOf(run, value)))),
  squish: filterOf(0, 0, (run, value) =>
    value === undefined || value === null ? value : charged(run, spaced(textOf(run, value)).trim()),
  ),

  /** Characters of Chinese, Japanese and Korean are words of their own with `cjk`, and with `auto`. */
  number_of_words: filterOf(0, 1, (run, value, mode) => {
    const text = textOf(run, value)
    if (mode !== 'cjk' && mode !== 'auto') return countOf(text, words, run)
    return countOf(text, cjk, run) + countOf(text.replaceAll(cjk, ' '), words, run)
  }),

  /** The text in lower case, unless the second argument is true, with dashes for what stands between the words. */
  slugify: filterOf(0, 2, (run, value, mode, isCased = false) => {
    const name = mode === undefined || mode === null ? 'default' : mode
    const text = textOf(run, value)
    if (typeof name !== 'string' || (name !== 'none' && !Object.hasOwn(separators, name))) {
      throw renderFailure('The modes of "slugify" are "default", "raw", "pretty", "ascii", "latin" and "none".')
    }
    const plain = name === 'latin' ? withoutAccents(text) : text
    const separator = separators[name]
    const slug = separator === undefined ? plain : withoutDashes(plain.replaceAll(separator, '-'))
    return charged(run, isCased === false || isCased === null ? slug.toLowerCase() : slug)
  }),
}

function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

function countOf(text: string, pattern: RegExp, run: Run): number {
  let count = 0
  for (const { 0: match } of text.matchAll(pattern)) {
    run.work(match.length + 10)
    count++
  }
  return count
}

function withoutAccents(text: string): string {
  return text.replaceAll(/[À-ÿŒœẞ]/g, (letter) => latin.get(letter) ?? letter)
}

/** One at each end at most: others have been put together. */
function withoutDashes(text: string): string {
  return text.slice(text.startsWith('-') ? 1 : 0, text.length > 1 && text.endsWith('-') ? -1 : undefined)
}
