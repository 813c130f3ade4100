import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldWord } from './fold-word.ts'

/** Any sequence of UTF-16 units, lone surrogates too. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) })

describe('foldWord', () => {
  it.each([
    ['Word', 'word'],
    ['CAFÉ', 'cafe'],
    ['cafe\u0301', 'cafe'],
    ['Ａ１ﬁ²', 'a1fi2'],
    ['Straße', 'strasse'],
    ['Ærøskøbing', 'aeroskobing'],
    ['ŁÓDŹ', 'lodz'],
    ['İstanbul', 'istanbul'],
    ['ΣΊΣΥΦΟΣ', 'σισυφοσ'],
    ['Ёлка', 'елка'],
    ['don’t', "don't"],
    ['мʼята', "м'ята"],
    ['docu\u00admentation', 'documentation'],
    ['ガラス', 'ガラス'],
    ['ｶﾞﾗｽ', 'ガラス'],
    ['한국', '한국'],
    ['हिन्दी', 'हिन्दी'],
    ['', ''],
    ['\ud800', '\ud800'],
  ])('makes %j %j', (word, folded) => {
    expect(foldWord(word)).toBe(folded)
  })

  it('takes upper and lower case, composed and decomposed for the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZéÀőßøñЙяΩ') }), (word) => {
        expect(foldWord(word.toUpperCase().normalize('NFD'))).toBe(foldWord(word.normalize('NFC')))
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (word) => {
        expect(foldWord(foldWord(word))).toBe(foldWord(word))
      }),
    )
  })
})
