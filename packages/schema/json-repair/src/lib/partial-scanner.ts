import { PartialComment } from './partial-comment.ts'
import { array, noContainer, object, PartialContainers } from './partial-containers.ts'
import { isJsonSpace, isSpace } from './partial-characters.ts'
import { describeCharacter, PartialJsonError } from './partial-json-error.ts'
import { PartialProse } from './partial-prose.ts'
import { nothing, type PartialSink } from './partial-sink.ts'
import { isQuote, PartialString } from './partial-string.ts'
import { PartialWord } from './partial-word.ts'
import { readStrictWord } from './partial-words.ts'

const inProse = 0
const beforeValue = 1
const beforeKey = 2
const afterKey = 3
const afterValue = 4
const inString = 5
const inWord = 6
const inComment = 7
const atEnd = 8

/** What may stand where the scanner is, for messages. */
const expectations: readonly string[] = [
  'a JSON value',
  'a JSON value',
  'a key in double quotes',
  '":" behind the key',
  '"," or the end of the container',
]

/**
 * Reads text in pieces and tells a sink what stands there.
 *
 * All that it knows is in its fields: a piece may end anywhere. It decides by what it has read and by a bounded number of
 * characters ahead, and what it has told is never taken back.
 */
export class PartialScanner {
  readonly #sink: PartialSink
  readonly #strict: boolean
  readonly #prose = new PartialProse()
  readonly #string: PartialString
  readonly #word = new PartialWord()
  readonly #comment = new PartialComment()
  #state: number
  /** Where the piece at hand begins. */
  #base = 0
  readonly #containers = new PartialContainers()
  /** A comma was read, and nothing since. */
  #comma = false
  /** Where the scalar at hand begins. */
  #start = 0
  /** Whether a backslash stands directly before. */
  #escaped = false
  /** Where a comment leads back to. */
  #resume = beforeValue

  constructor(sink: PartialSink, strict: boolean) {
    this.#sink = sink
    this.#strict = strict
    this.#string = new PartialString(strict)
    this.#state = strict ? beforeValue : inProse
  }

  /** Characters read. */
  get offset(): number {
    return this.#base
  }

  /** Whether the outermost value is finished. */
  get done(): boolean {
    return this.#state === atEnd
  }

  /** The scalar at the end of the text that may go on, or `nothing`. */
  get openScalar(): unknown {
    switch (this.#state) {
      case inString:
        return this.#string.isKey ? nothing : this.#string.text
      case inWord:
        return this.#word.isKey ? nothing : this.#word.begun
      case inProse:
        return this.#prose.scalar
      default:
        return nothing
    }
  }

  push(text: string): void {
    for (let at = 0; at < text.length;) at = this.#step(text, at)
    this.#base += text.length
  }

  /** The text is at its end. Only what needs no more to be whole is told: a number, a literal or a string that is the document. */
  finish(): void {
    if (this.#state === inProse) {
      const scalar = this.#prose.finish()
      if (scalar !== nothing) {
        this.#sink.begin(this.#prose.start)
        this.#tellScalar(scalar, this.#prose.end)
      }
    } else if (this.#state === inWord && this.#containers.innermost === noContainer) this.#endWord(this.#base)
    else if (this.#state === inString && this.#string.closing) this.#endString()
    if (this.#strict && this.#state !== atEnd)
      throw new PartialJsonError(this.#base, expectations[this.#state] ?? 'the rest of a value', 'the end of the text')
  }

  #step(text: string, at: number): number {
    switch (this.#state) {
      case inString: {
        const end = this.#string.read(text, at, this.#base)
        if (this.#string.ended) this.#endString()
        return end
      }
      case inWord: {
        const end = this.#word.read(text, at)
        if (this.#word.ended) this.#meetEndOfWord(text.charCodeAt(end), this.#base + end)
        return end
      }
      case beforeValue:
        return this.#readValue(text, at)
      case beforeKey:
        return this.#readKey(text, at)
      case afterKey:
        return this.#readColon(text, at)
      case afterValue:
        return this.#readComma(text, at)
      case inProse:
        return this.#readProse(text, at)
      case atEnd:
        return this.#readRest(text, at)
      default:
        return this.#readComment(text, at)
    }
  }

  #readProse(text: string, at: number): number {
    const prose = this.#prose
    const end = prose.read(text, at, this.#base)
    if (prose.found) {
      this.#state = beforeValue
      const { held } = prose
      const base = this.#base
      this.#base = prose.start
      for (let index = 0; index < held.length;) index = this.#step(held, index)
      this.#base = base
    }
    return end
  }

  /** Behind the document there may be anything, except for `strict`. */
  #readRest(text: string, at: number): number {
    if (!this.#strict) return text.length
    if (!isJsonSpace(text.charCodeAt(at))) this.#refuse('the end of the text', text, at)
    return at + 1
  }

  #readValue(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (this.#isSpace(code)) return at + 1
    switch (code) {
      case 123: // {
      case 91: // [
        this.#openContainer(code === 91, this.#base + at)
        return at + 1
      case 125: // }
      case 93: // ]
        if (this.#comma || this.#containers.innermost !== array) this.#refuse('a JSON value', text, at)
        return this.#closeContainer(text, at, code === 93 ? array : object)
      case 44: // ,
        this.#refuse('a JSON value', text, at)
        if (this.#containers.innermost === object) {
          this.#tellMissing(this.#base + at)
          this.#state = beforeKey
        }
        return at + 1
      case 47: // /
      case 35: // #
        return this.#openComment(text, at, code)
      case 92: // a backslash
        this.#refuse('a JSON value', text, at)
        this.#escaped = true
        return at + 1
      case 58: // :
      case 41: // )
      case 40: // (
      case 59: // ;
        this.#refuse('a JSON value', text, at)
        return at + 1
      default:
        return this.#openScalar(text, at, code, false)
    }
  }

  #readKey(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (this.#isSpace(code)) return at + 1
    switch (code) {
      case 125: // }
      case 93: // ]
        if (this.#comma) this.#refuse('a key in double quotes', text, at)
        return this.#closeContainer(text, at, code === 93 ? array : object)
      case 47: // /
      case 35: // #
        return this.#openComment(text, at, code)
      case 92: // a backslash
        this.#refuse('a key in double quotes', text, at)
        this.#escaped = true
        return at + 1
      case 44: // ,
      case 58: // :
      case 59: // ;
      case 40: // (
      case 41: // )
      case 91: // [
      case 123: // {
        this.#refuse('a key in double quotes', text, at)
        return at + 1
      default:
        if (code !== 34) this.#refuse('a key in double quotes', text, at)
        return this.#openScalar(text, at, code, true)
    }
  }

  #readColon(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (this.#isSpace(code)) return at + 1
    if (code === 58) {
      this.#state = beforeValue
      return at + 1
    }
    if (code === 47 || code === 35) return this.#openComment(text, at, code)
    this.#refuse('":" behind the key', text, at)
    // `=` and `=>`, and the backslash of an escaped quote.
    if (code === 61 || code === 62) return at + 1
    this.#state = beforeValue
    return at
  }

  #readComma(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (this.#isSpace(code)) return at + 1
    switch (code) {
      case 44: // ,
        this.#comma = true
        this.#state = this.#containers.innermost === array ? beforeValue : beforeKey
        return at + 1
      case 125: // }
      case 93: // ]
        return this.#closeContainer(text, at, code === 93 ? array : object)
      case 47: // /
      case 35: // #
        return this.#openComment(text, at, code)
      case 58: // :
      case 41: // )
      case 59: // ;
        this.#refuse(expectations[afterValue] as string, text, at)
        return at + 1
      default:
        this.#refuse(expectations[afterValue] as string, text, at)
        this.#state = this.#containers.innermost === array ? beforeValue : beforeKey
        return at
    }
  }

  #openContainer(isArray: boolean, start: number): void {
    this.#containers.open(isArray ? array : object)
    this.#comma = false
    this.#state = isArray ? beforeValue : beforeKey
    this.#sink.open(isArray, start)
  }

  /** Closes up to the innermost container of this kind; the innermost of all, if there is none. */
  #closeContainer(text: string, at: number, kind: number): number {
    if (this.#containers.innermost !== kind) {
      this.#refuse(this.#containers.innermost === array ? '"," or "]"' : '"," or "}"', text, at)
      while (this.#containers.has(kind) && this.#containers.innermost !== kind) this.#closeInnermost(this.#base + at)
    }
    this.#closeInnermost(this.#base + at + 1)
    return at + 1
  }

  #closeInnermost(end: number): void {
    if (this.#state === afterKey || (this.#state === beforeValue && this.#containers.innermost === object)) {
      this.#tellMissing(end)
    }
    this.#containers.close()
    this.#sink.close(end)
    this.#afterValue()
  }

  #afterValue(): void {
    this.#comma = false
    this.#state = this.#containers.innermost === noContainer ? atEnd : afterValue
  }

  #openScalar(text: string, at: number, code: number, isKey: boolean): number {
    this.#start = this.#base + at
    if (!isKey) this.#sink.begin(this.#start)
    if (isQuote(code) && !(this.#strict && code !== 34)) {
      this.#string.begin(code, isKey, this.#escaped)
      this.#escaped = false
      this.#state = inString
      return at + 1
    }
    this.#escaped = false
    this.#word.begin(isKey)
    this.#state = inWord
    const end = this.#word.read(text, at)
    // It must not stand still at a character that can only end a word.
    if (end === at) {
      this.#refuse(expectations[isKey ? beforeKey : beforeValue] as string, text, at)
      this.#state = isKey ? beforeKey : beforeValue
      return at + 1
    }
    if (this.#word.ended) this.#meetEndOfWord(text.charCodeAt(end), this.#base + end)
    return end
  }

  #endString(): void {
    const text = this.#string.finish()
    if (this.#string.isKey) {
      this.#sink.key(text)
      this.#comma = false
      this.#state = afterKey
    } else this.#tellScalar(text, this.#string.end)
  }

  #meetEndOfWord(code: number, end: number): void {
    if (this.#strict || !this.#word.leadsTo(code)) this.#endWord(end)
    else this.#state = this.#word.isKey ? beforeKey : beforeValue
  }

  #endWord(end: number): void {
    const word = this.#word
    if (word.isKey) {
      this.#comma = false
      this.#sink.key(word.text)
      this.#state = afterKey
      return
    }
    const value = this.#strict ? readStrictWord(word.text) : word.value
    if (value === nothing) {
      if (this.#strict) throw new PartialJsonError(this.#start, 'a JSON value', JSON.stringify(word.text.slice(0, 40)))
      this.#afterValue()
    } else this.#tellScalar(value, end - word.gapLength)
  }

  #tellMissing(at: number): void {
    this.#sink.begin(at)
    this.#tellScalar(null, at)
  }

  #tellScalar(value: unknown, end: number): void {
    this.#sink.scalar(value, end)
    this.#afterValue()
  }

  #openComment(text: string, at: number, code: number): number {
    this.#refuse(expectations[this.#state] ?? 'a JSON value', text, at)
    this.#resume = this.#state
    this.#state = inComment
    this.#comment.begin(code)
    return at + 1
  }

  #readComment(text: string, at: number): number {
    const end = this.#comment.read(text, at)
    if (this.#comment.ended) this.#state = this.#resume
    return end
  }

  #isSpace(code: number): boolean {
    return this.#strict ? isJsonSpace(code) : isSpace(code)
  }

  /** Where JSON by the letter ends. */
  #refuse(expected: string, text: string, at: number): void {
    if (this.#strict) throw new PartialJsonError(this.#base + at, expected, describeCharacter(text, at))
  }
}
