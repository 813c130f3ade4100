const ascii = /^[\0-\x7f]*$/
const combiningMarks = /[\u0300-\u036f]/g
const joiners = /[\u00ad\u200c\u200d]/g
/** Letters that Unicode does not take apart into a base and a mark. */
const undecomposed = /[ßæœøłđðþıς’ʼ]/g
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  '’': "'",
  ʼ: "'",
}

/**
 * A word without the differences that a reader does not search for: compatibility forms (NFKC), case, accents of
 * Latin, Greek and Cyrillic letters, typographic apostrophes, soft hyphens. `Ｃａｆé` and `cafe` become `cafe`.
 */
export function foldWord(word: string): string {
  if (ascii.test(word)) return word.toLowerCase()
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(combiningMarks, '')
    .normalize('NFC')
    .replace(joiners, '')
    .replace(undecomposed, (letter) => plain[letter] ?? letter)
}
