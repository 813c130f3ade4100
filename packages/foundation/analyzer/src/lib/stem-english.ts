/**
 * The stem of an English word in lower case, by the English stemmer of Snowball 3.1 ("Porter2"):
 * https://snowballstem.org/algorithms/english/stemmer.html
 *
 * A stem stands for the forms of a word (`connected`, `connections` → `connect`); it need not be a word itself.
 */
export function stemEnglish(word: string): string {
  const exception = exceptions.get(word)
  if (exception !== undefined) return exception
  if (word.length <= 2) return word
  const marked = markConsonantY(word.startsWith("'") ? word.slice(1) : word)
  const first = firstRegion(marked)
  const second = regionAfter(marked, first)
  let stem = removePlural(marked.replace(possessive, ''))
  stem = removeInflection(stem, first)
  stem = replaceFinalY(stem)
  stem = replaceSuffix(stem, derivedSuffixes, first, second)
  stem = replaceSuffix(stem, nominalSuffixes, first, second)
  stem = replaceSuffix(stem, residualSuffixes, second, second)
  stem = removeFinalLetter(stem, first, second)
  return stem.replaceAll('Y', 'y')
}

const exceptions: ReadonlyMap<string, string> = new Map([
  ...['andes', 'atlas', 'bias', 'cosmos', 'howe', 'news', 'sky'].map((word) => [word, word] as const),
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
])

const possessive = /'(?:s'?)?$/
const vowel = /[aeiouy]/
const regionPrefix = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/
const shortSyllable = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/
const doubled = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/

/** A `y` that is a consonant (first, or after a vowel) becomes `Y`, which the rules do not take for a vowel. */
function markConsonantY(word: string): string {
  return word.includes('y') ? word.replace(/^y|([aeiouy])y/g, '$1Y') : word
}

/** R1: where the word goes on after the first consonant that follows a vowel. */
function firstRegion(word: string): number {
  return regionPrefix.exec(word)?.[0].length ?? regionAfter(word, 0)
}

function regionAfter(word: string, from: number): number {
  let at = from
  while (at < word.length && !isVowel(word, at)) at += 1
  while (at < word.length && isVowel(word, at)) at += 1
  return Math.min(at + 1, word.length)
}

function isVowel(word: string, at: number): boolean {
  return 'aeiouy'.includes(word.charAt(at))
}

function cut(word: string, count: number): string {
  return word.slice(0, word.length - count)
}

/** Step 1a. */
function removePlural(word: string): string {
  if (word.endsWith('sses')) return cut(word, 2)
  if (word.endsWith('ies') || word.endsWith('ied')) return cut(word, word.length > 4 ? 2 : 1)
  if (!word.endsWith('s') || word.endsWith('us') || word.endsWith('ss')) return word
  return vowel.test(cut(word, 2)) ? cut(word, 1) : word
}

/** Step 1b. */
function removeInflection(word: string, first: number): string {
  const suffix = /(?:eed|eedly|ed|edly|ing|ingly)$/.exec(word)?.[0]
  if (suffix === undefined) return word
  const stem = cut(word, suffix.length)
  if (suffix.startsWith('eed')) {
    return stem.length < first || /^(?:succ|proc|exc)$/.test(stem) ? word : `${stem}ee`
  }
  if (suffix === 'ing') {
    if (/^[^aeiouy]y$/.test(stem)) return `${cut(stem, 1)}ie`
    if (/^(?:even|cann|inn|earr|herr|out)$/.test(stem)) return word
  }
  if (!vowel.test(stem)) return word
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`
  if (doubled.test(stem)) return /^[aeo]..$/.test(stem) ? stem : cut(stem, 1)
  return stem.length === first && shortSyllable.test(stem) ? `${stem}e` : stem
}

/** Step 1c. */
function replaceFinalY(word: string): string {
  return /.[^aeiouy][yY]$/.test(word) ? `${cut(word, 1)}i` : word
}

/** A suffix, what takes its place, and the letters or region that must stand before it. */
type SuffixRule = readonly [suffix: string, replacement: string, condition?: RegExp | 'R2']

/** Steps 2 to 4: the longest suffix decides, whether or not its rule then applies. */
function replaceSuffix(word: string, rules: readonly SuffixRule[], region: number, second: number): string {
  for (const [suffix, replacement, condition] of rules) {
    if (!word.endsWith(suffix)) continue
    const stem = cut(word, suffix.length)
    if (stem.length < (condition === 'R2' ? second : region)) return word
    if (condition instanceof RegExp && !condition.test(stem)) return word
    return stem + replacement
  }
  return word
}

function longestFirst(rules: readonly SuffixRule[]): readonly SuffixRule[] {
  return rules.toSorted((left, right) => right[0].length - left[0].length)
}

/** Step 2. */
const derivedSuffixes = longestFirst([
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['abli', 'able'],
  ['entli', 'ent'],
  ['izer', 'ize'],
  ['ization', 'ize'],
  ['ational', 'ate'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['alli', 'al'],
  ['fulness', 'ful'],
  ['fulli', 'ful'],
  ['ousli', 'ous'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['bli', 'ble'],
  ['ogist', 'og'],
  ['ogi', 'og', /l$/],
  ['lessli', 'less'],
  ['li', '', /[cdeghkmnrt]$/],
])

/** Step 3. */
const nominalSuffixes = longestFirst([
  ['tional', 'tion'],
  ['ational', 'ate'],
  ['alize', 'al'],
  ['icate', 'ic'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
  ['ative', '', 'R2'],
])

/** Step 4. */
const residualSuffixes = longestFirst([
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent', 'ism', 'ate', 'iti', 'ous'].map(
    (suffix) => [suffix, ''] as const,
  ),
  ['ive', ''],
  ['ize', ''],
  ['ion', '', /[st]$/],
])

/** Step 5. */
function removeFinalLetter(word: string, first: number, second: number): string {
  const stem = cut(word, 1)
  if (word.endsWith('e')) {
    const removable = stem.length >= second || (stem.length >= first && !shortSyllable.test(stem))
    return removable ? stem : word
  }
  return word.endsWith('ll') && stem.length >= second ? stem : word
}
