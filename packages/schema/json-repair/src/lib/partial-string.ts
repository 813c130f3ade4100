import { describeCharacter, PartialJsonError } from './partial-json-error.ts'
import { isSpace, plainCode } from './partial-characters.ts'

const inBody = 0
const behindBackslash = 1
const inCode = 2
const behindQuote = 3

const doubleQuote = 34
const backslash = 92
/** White space behind a quote that is read on for what decides about it. */
const longestLookAhead = 64
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
/** Quotes that close a string, by the one that opened it. */
const closers: ReadonlyMap<number, readonly [number, number]> = new Map([
  [34, [34, 34]],
  [39, [39, 39]],
  [96, [96, 96]],
  [0x201c, [0x201d, 0x201c]],
  [0x201d, [0x201d, 0x201c]],
  [0x201e, [0x201d, 0x201c]],
  [0x2018, [0x2019, 0x2018]],
  [0x2019, [0x2019, 0x2018]],
])

export function isQuote(code: number): boolean {
  return code === doubleQuote || closers.has(code)
}

/** What a backslash may stand before for no reason. Before anything else it stands for itself, as in `C:\Users`. */
function isEscapable(code: number): boolean {
  return code === backslash || code === 47 || isQuote(code)
}

/**
 * Reads one string after the other, in pieces.
 *
 * A double quote directly behind a character that is not white space closes the string at once, for that is where all but a
 * few stand. Any other quote closes it if what follows could not stand within the string: a comma, a colon, a bracket, a
 * comment, another quote or a new line.
 */
export class PartialString {
  readonly #strict: boolean
  #state = inBody
  #isKey = false
  #opener = doubleQuote
  #closer = doubleQuote
  #otherCloser = doubleQuote
  #escapedQuotes = false
  /** How many quotes opened it, and close it. */
  #width = 1
  #inner = false
  #text = ''
  #empty = true
  /** The last character, if it is the first half of a pair: it is shown with the second. */
  #half = ''
  #previous = 0
  /** The quote that is looked behind, and the white space there. */
  #held = ''
  #newline = false
  #code = ''
  #codeLength = 4
  #ended = true
  /** Where it ended, behind its quote. */
  end = 0
  /** One of the strings was not JSON by the letter. */
  irregular = false

  constructor(strict: boolean) {
    this.#strict = strict
  }

  get isKey(): boolean {
    return this.#isKey
  }

  /** What can be shown of it. */
  get text(): string {
    return this.#text
  }

  /** Whether its quote was read, and only what follows is awaited. */
  get closing(): boolean {
    return this.#state === behindQuote
  }

  get ended(): boolean {
    return this.#ended
  }

  /** @param escaped Whether a backslash stood before the quote, as in JSON within a string. */
  begin(opener: number, isKey: boolean, escaped: boolean): void {
    this.#state = inBody
    this.#isKey = isKey
    this.#opener = opener
    const pair = closers.get(opener)
    this.#closer = pair?.[0] ?? doubleQuote
    this.#otherCloser = pair?.[1] ?? doubleQuote
    this.#escapedQuotes = escaped
    if (opener !== doubleQuote || escaped) this.irregular = true
    this.#width = 1
    this.#inner = false
    this.#text = ''
    this.#empty = true
    this.#half = ''
    this.#previous = 0
    this.#ended = false
  }

  /** Reads on from `index`, and gives the index behind what it has read. */
  read(text: string, index: number, base: number): number {
    let at = index
    while (at < text.length && !this.#ended) {
      if (this.#state === inBody) at = this.#readBody(text, at, base)
      else if (this.#state === behindBackslash) at = this.#readEscape(text, at, base)
      else if (this.#state === inCode) at = this.#readCode(text, at, base)
      else at = this.#lookBehindQuote(text, at, base)
    }
    return at
  }

  #readBody(text: string, index: number, base: number): number {
    const { length } = text
    const closer = this.#closer
    const other = this.#otherCloser
    let at = index
    let code = 0
    for (; at < length; at++) {
      code = text.charCodeAt(at)
      if (code === closer || code === backslash || code === other) break
      if (code < 32) this.#refuse(text, at, base, 'a string without raw control characters')
    }
    if (at > index) {
      this.#append(text.slice(index, at))
      this.#previous = text.charCodeAt(at - 1)
    }
    if (at === length) return at
    if (code === backslash) {
      this.#state = behindBackslash
      return at + 1
    }
    this.#meetQuote(text[at] as string, code)
    this.end = base + at + 1
    return at + 1
  }

  #meetQuote(character: string, code: number): void {
    const plain = code === doubleQuote && !this.#empty && !this.#inner && this.#width === 1 && !isSpace(this.#previous)
    if (this.#strict || plain) this.#end()
    else {
      this.#state = behindQuote
      this.#held = character
      this.#newline = false
    }
  }

  /** The text is at an end within the string or behind its quote. */
  finish(): string {
    this.#end()
    return this.#text
  }

  #end(): void {
    this.#ended = true
    if (this.#half === '') return
    this.#text += this.#half
    this.#half = ''
  }

  #append(part: string): void {
    const whole = this.#half + part
    this.#empty = false
    const last = whole.charCodeAt(whole.length - 1)
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#half = whole.slice(-1)
      this.#text += whole.slice(0, -1)
    } else {
      this.#half = ''
      this.#text += whole
    }
  }

  #readEscape(text: string, index: number, base: number): number {
    const character = text[index] as string
    const code = text.charCodeAt(index)
    this.#state = inBody
    if (this.#escapedQuotes && code === this.#opener) {
      this.end = base + index + 1
      this.#end()
      return index + 1
    }
    if (code === 117 || (code === 120 && !this.#strict)) {
      if (code === 120) this.irregular = true
      this.#state = inCode
      this.#code = ''
      this.#codeLength = code === 117 ? 4 : 2
      return index + 1
    }
    const escaped = escapes[character]
    if (escaped === undefined && code !== doubleQuote && code !== backslash && code !== 47)
      this.#refuse(text, index, base, 'one of " \\ / b f n r t u behind a backslash')
    this.#append(escaped ?? (code === 10 || isEscapable(code) ? character : `\\${character}`))
    // An escaped space is content: a quote behind it closes the string as it does behind a letter.
    this.#previous = backslash
    return index + 1
  }

  #readCode(text: string, index: number, base: number): number {
    const character = text[index] as string
    if (!/^[\da-fA-F]$/.test(character)) {
      this.#refuse(text, index, base, 'four hexadecimal digits behind \\u')
      // Not a code after all: it stands as it was written.
      this.#append(`\\${this.#codeLength === 4 ? 'u' : 'x'}${this.#code}`)
      this.#previous = backslash
      this.#state = inBody
      return index
    }
    this.#code += character
    if (this.#code.length === this.#codeLength) {
      this.#append(String.fromCharCode(Number.parseInt(this.#code, 16)))
      this.#previous = backslash
      this.#state = inBody
    }
    return index + 1
  }

  /** Where JSON by the letter ends. */
  #refuse(text: string, at: number, base: number, expected: string): void {
    this.irregular = true
    if (this.#strict) throw new PartialJsonError(base + at, expected, describeCharacter(text, at))
  }

  #lookBehindQuote(text: string, index: number, base: number): number {
    const code = text.charCodeAt(index)
    const isCloser = code === this.#closer || code === this.#otherCloser
    if (this.#width > 1 && isCloser && this.#held.length < this.#width) {
      this.#held += text[index] as string
      this.end = base + index + 1
      if (this.#held.length === this.#width) this.#end()
      return index + 1
    }
    if (this.#empty && this.#width === 1 && this.#held.length === 1) {
      if (isCloser) {
        this.#beginWide(3)
        return index + 1
      }
      if (!isSpace(code) && !this.#closesBefore(code)) {
        this.#beginWide(2)
        return index
      }
    }
    if (isSpace(code) && this.#held.length <= longestLookAhead) {
      if (code === 10) this.#newline = true
      this.#held += text[index] as string
      return index + 1
    }
    if (isSpace(code) || this.#closesBefore(code)) this.#end()
    else {
      this.irregular = true
      this.#append(this.#held)
      this.#previous = 32
      this.#inner = !this.#inner
      this.#state = inBody
    }
    return index
  }

  /** Two or three quotes on each side: `""like this""`. */
  #beginWide(width: number): void {
    this.irregular = true
    this.#width = width
    this.#state = inBody
  }

  #closesBefore(code: number): boolean {
    switch (plainCode(code)) {
      case 44: // ,
      case 58: // :
      case 93: // ]
      case 125: // }
      case 47: // /
      case 35: // #
        return true
      default:
        return this.#newline || isQuote(code)
    }
  }
}
