import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitWords, wordBounds } from './split-words.ts'

/** Any sequence of UTF-16 units, lone surrogates too. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) })

describe('splitWords', () => {
  it.each([
    ['Two words.', ['Two', 'words']],
    ['\ufefffirst\r\nsecond\u0000third', ['first', 'second', 'third']],
    ['Ünïcode naïveté ΣΊΣΥΦΟΣ Привет', ['Ünïcode', 'naïveté', 'ΣΊΣΥΦΟΣ', 'Привет']],
    ['cafe\u0301 हिन्दी', ['cafe\u0301', 'हिन्दी']],
    ['docu\u00admentation', ['docu\u00admentation']],
    ['😀word😀 𝒜𝒷 \ud800x', ['word', '𝒜𝒷', 'x']],
    ['', []],
    [' .-_\'"\u0301', []],
  ])('finds the words of %j', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each([
    ["don't it’s o'neill's", ["don't", 'it’s', "o'neill's"]],
    ["users' 'quoted' rock''roll", ['users', 'quoted', 'rock', 'roll']],
    ["90's 5'6", ['90', 's', '5', '6']],
  ])('keeps an apostrophe between letters: %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each([
    ['v1.2.3 on 127.0.0.1:3000.', ['v1.2.3', 'on', '127.0.0.1', '3000']],
    ['1..2 .5 3.', ['1', '2', '5', '3']],
    ['utf8 sha256 es2023 h2o', ['utf8', 'sha256', 'es2023', 'h2o']],
    ['config.json e.g.', ['config', 'json', 'e', 'g']],
  ])('keeps a dot between digits: %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each([
    ['max_tokens --max-tokens MAX_TOKENS', ['max', 'tokens', 'max', 'tokens', 'MAX', 'TOKENS']],
    ['@scope/name', ['scope', 'name']],
    ['__proto__', ['proto']],
    ['C++, C# and F#; a++b a#b', ['C++', 'C#', 'and', 'F#', 'a', 'b', 'a', 'b']],
  ])('parts identifiers: %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each([
    ['maxTokens', ['maxTokens', 'max', 'Tokens']],
    ['HTTPServerError', ['HTTPServerError', 'HTTP', 'Server', 'Error']],
    ['base64Encode utf8', ['base64Encode', 'base64', 'Encode', 'utf8']],
    ['URLs APIs IDs', ['URLs', 'APIs', 'IDs']],
    ['OAuth xAxis', ['OAuth', 'Auth', 'xAxis', 'Axis']],
    ['JavaScript ÉtatMajor', ['JavaScript', 'Java', 'Script', 'ÉtatMajor', 'État', 'Major']],
    ['CAPITALS Title', ['CAPITALS', 'Title']],
  ])('adds the parts of camel case: %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it.each([
    ['検索エンジン', ['検索', '索エ', 'エン', 'ンジ', 'ジン']],
    ['茶', ['茶']],
    ['第3章', ['第', '3', '章']],
    ['한국어 검색', ['한국', '국어', '검색']],
    ['ที่นี่', ['ที่นี่']],
    ['สวัสดี', ['สวั', 'วัส', 'สดี']],
    ['Nodeは速い', ['Node', 'は速', '速い']],
  ])('pairs the characters of scripts without spaces: %s', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it('gives parts of the text only, as they stand there', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const word of splitWords(text)) expect(text).toContain(word)
      }),
    )
  })

  it('does not depend on what surrounds a text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', '1', '.', "'", '_', '+', '漢', '\u0301', '😀'),
      maxLength: 20,
    })
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(splitWords(`${left} ${right}`)).toEqual([...splitWords(left), ...splitWords(right)])
      }),
    )
  })

  it.each([
    ['one word', 'a', 1],
    ['camel case', 'aB', 500_000 * 2],
    ['marks', '\u0301', 0],
    ['apostrophes', "a'", 1],
    ['dots', '1.', 1],
    ['Chinese', '漢', 999_999],
  ])('takes a megabyte of %s', (_, unit, words) => {
    expect(splitWords(unit.repeat(1_000_000 / unit.length)).length).toBeLessThanOrEqual(words + 1)
  })
})

describe('wordBounds', () => {
  it('gives where the words of splitWords start and end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bounds = wordBounds(text)
        expect(bounds.flatMap((start, at) => (at % 2 === 0 ? [text.slice(start, bounds[at + 1])] : []))).toEqual(
          splitWords(text),
        )
        expect(bounds.every((end, at) => at % 2 === 0 || end > (bounds[at - 1] as number))).toBe(true)
      }),
    )
    expect(wordBounds('set maxTokens 検索語')).toEqual([0, 3, 4, 13, 4, 7, 7, 13, 14, 16, 15, 17])
  })
})
