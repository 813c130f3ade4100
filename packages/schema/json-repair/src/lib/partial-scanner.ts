import { PartialComment } from './partial-comment.ts'
import { commentHere, PartialGrammar, scalarHere } from './partial-grammar.ts'
import { JsonUnrepairableError } from './json-repair-error.ts'
import { PartialJsonError } from './partial-json-error.ts'
import { PartialProse } from './partial-prose.ts'
import { nothing, type PartialSink } from './partial-sink.ts'
import { isQuote, PartialString } from './partial-string.ts'
import { PartialWord } from './partial-word.ts'
import { readStrictWord } from './partial-words.ts'

const inProse = 0
const inGrammar = 1
const inString = 2
const inWord = 3
const inComment = 4

/** What a number or a literal begins with. */
const strictWord = /[-\dtfn]/

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
  readonly #grammar: PartialGrammar
  readonly #string: PartialString
  readonly #word = new PartialWord()
  readonly #comment = new PartialComment()
  #state: number
  /** Where the piece at hand begins. */
  #base = 0
  /** Where the word at hand begins. */
  #start = 0
  /** A word was no number or literal of JSON, or something stands behind the document. */
  #irregular = false

  constructor(sink: PartialSink, strict: boolean) {
    this.#sink = sink
    this.#strict = strict
    this.#grammar = new PartialGrammar(sink, strict)
    this.#string = new PartialString(strict)
    this.#state = strict ? inGrammar : inProse
  }

  /** Characters read. */
  get offset(): number {
    return this.#base
  }

  /** Whether the outermost value is finished. */
  get done(): boolean {
    return this.#grammar.done
  }

  /** Whether all of the text so far is a container or a string of JSON by the letter, or the beginning of one, from `start` on. */
  get isRegular(): boolean {
    if (this.#state === inProse || (this.#state === inWord && !this.#word.isRegular)) return false
    return !this.#irregular && !this.#grammar.irregular && !this.#string.irregular
  }

  /** Where the document begins. */
  get start(): number {
    return this.#prose.start
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

  /**
   * The text is at its end. What needs no more to be whole is told: a quoted string, a word that is the document.
   *
   * @throws {JsonUnrepairableError} if it held no value.
   */
  finish(): void {
    const grammar = this.#grammar
    if (this.#state === inProse) {
      const scalar = this.#prose.finish()
      if (scalar !== nothing) {
        this.#sink.begin(this.#prose.start)
        grammar.value(scalar, this.#prose.end)
      } else if (this.#prose.found) this.#beginDocument()
      else throw new JsonUnrepairableError(this.#prose.reason, this.#base)
    } else if (this.#state === inWord && (this.#strict || grammar.isOutermost)) this.#endWord(this.#base)
    else if (this.#state === inString && this.#string.closing) this.#endString()
    if (!this.#strict || grammar.done) return
    const expected = this.#state === inString ? 'the closing quote of a string' : grammar.expected
    throw new PartialJsonError(this.#base, expected, 'the end of the text')
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
      case inComment: {
        const end = this.#comment.read(text, at)
        if (this.#comment.ended) this.#state = inGrammar
        return end
      }
      case inProse:
        return this.#readProse(text, at)
      default:
        return this.#readStructure(text, at)
    }
  }

  #readProse(text: string, at: number): number {
    const end = this.#prose.read(text, at, this.#base)
    if (this.#prose.found) this.#beginDocument()
    return end
  }

  #beginDocument(): void {
    this.#state = inGrammar
    const { held, start } = this.#prose
    const base = this.#base
    this.#base = start
    for (let index = 0; index < held.length;) index = this.#step(held, index)
    this.#base = base
  }

  #readStructure(text: string, at: number): number {
    // Behind the document there may be anything, except for `strict`.
    if (this.#grammar.done && !this.#strict) {
      this.#irregular ||= /[^ \t\r\n]/.test(text.slice(at))
      return text.length
    }
    const next = this.#grammar.read(text, at, this.#base)
    if (next === scalarHere) return this.#openScalar(text, at)
    if (next !== commentHere) return next
    this.#comment.begin(text.charCodeAt(at))
    this.#state = inComment
    return at + 1
  }

  #openScalar(text: string, at: number): number {
    const grammar = this.#grammar
    const code = text.charCodeAt(at)
    const isKey = grammar.wantsKey
    const { escaped } = grammar
    grammar.escaped = false
    this.#start = this.#base + at
    if (this.#strict && code !== 34 && !strictWord.test(text[at] as string)) grammar.refuse(text, at, this.#base)
    if (!isKey) this.#sink.begin(this.#start)
    if (this.#strict ? code === 34 : isQuote(code)) {
      this.#string.begin(code, isKey, escaped)
      this.#state = inString
      return at + 1
    }
    this.#word.begin(isKey)
    this.#state = inWord
    return this.#step(text, at)
  }

  #endString(): void {
    const text = this.#string.finish()
    this.#state = inGrammar
    if (this.#string.isKey) this.#grammar.key(text)
    else this.#grammar.value(text, this.#string.end)
  }

  #meetEndOfWord(code: number, end: number): void {
    if (this.#strict || !this.#word.leadsTo(code)) this.#endWord(end)
    else {
      this.#irregular = true
      this.#state = inGrammar
    }
  }

  #endWord(end: number): void {
    const word = this.#word
    this.#state = inGrammar
    if (word.isKey) {
      this.#grammar.key(word.text)
      return
    }
    const strictValue = readStrictWord(word.text)
    this.#irregular ||= strictValue === nothing
    const value = this.#strict || strictValue !== nothing ? strictValue : word.value
    if (value !== nothing) this.#grammar.value(value, end - word.gapLength)
    else if (!this.#strict) this.#grammar.gap()
    else throw new PartialJsonError(this.#start, 'a JSON value', JSON.stringify(word.text.slice(0, 40)))
  }
}
