import { isJsonSpace, isSpace, plainCode } from './partial-characters.ts'
import { array, noContainer, object, PartialContainers } from './partial-containers.ts'
import { describeCharacter, PartialJsonError } from './partial-json-error.ts'
import type { PartialSink } from './partial-sink.ts'

/** Instead of an index: a scalar or a key begins here; a comment begins here. */
export const scalarHere = -1
export const commentHere = -2

const beforeValue = 0
const beforeKey = 1
const afterKey = 2
const afterValue = 3
const atEnd = 4

const expectations: readonly string[] = [
  'a JSON value',
  'a key in double quotes',
  '":" behind the key',
  '"," or the end of the container',
  'the end of the text',
]

/** Knows what may stand where between scalars, and what to make of what may not. */
export class PartialGrammar {
  readonly #sink: PartialSink
  readonly #strict: boolean
  readonly #containers = new PartialContainers()
  #state = beforeValue
  /** A comma was read, and nothing since. */
  #comma = false
  /** A plus sign was read behind a value: the next belongs to it. */
  #joins = false
  /** What stands here is not JSON by the letter. */
  irregular = false
  /** A backslash was read, as before the quotes of JSON within a string. */
  escaped = false

  constructor(sink: PartialSink, strict: boolean) {
    this.#sink = sink
    this.#strict = strict
  }

  /** Whether the next scalar is a key. */
  get wantsKey(): boolean {
    return this.#state === beforeKey
  }

  get done(): boolean {
    return this.#state === atEnd
  }

  get isOutermost(): boolean {
    return this.#containers.innermost === noContainer
  }

  /** What may come next, in words. */
  get expected(): string {
    if (this.#state !== afterValue) return expectations[this.#state] as string
    return this.#containers.innermost === array ? '"," or "]"' : '"," or "}"'
  }

  /** Reads what stands at `at`, and gives the index to read on from: the same, if the character is to be read anew. */
  read(text: string, at: number, base: number): number {
    const given = text.charCodeAt(at)
    const code = this.#strict || given < 0x3000 ? given : plainCode(given)
    if (isJsonSpace(code)) return at + 1
    if (code !== given || (!this.#strict && isSpace(code))) {
      this.irregular = true
      if (isSpace(code)) return at + 1
    }
    if (code === 47 || code === 35) {
      this.refuse(text, at, base)
      return commentHere
    }
    switch (this.#state) {
      case beforeValue:
        return this.#readValue(text, at, base, code)
      case beforeKey:
        return this.#readKey(text, at, base, code)
      case afterKey:
        return this.#readColon(text, at, base, code)
      case afterValue:
        return this.#readComma(text, at, base, code)
      default:
        return this.#skip(text, at, base)
    }
  }

  #readValue(text: string, at: number, base: number, code: number): number {
    switch (code) {
      case 123: // {
      case 91: // [
        this.#open(code === 91, base + at)
        return at + 1
      case 125: // }
      case 93: // ]
        if (this.#comma || this.#containers.innermost !== array) this.refuse(text, at, base)
        return this.#close(text, at, base, code)
      case 44: // ,
        this.refuse(text, at, base)
        if (this.#containers.innermost === object) this.#missing(base + at)
        if (this.#containers.innermost === object) this.#state = beforeKey
        return at + 1
      case 92: // a backslash
        this.escaped = true
        return this.#skip(text, at, base)
      case 58: // :
      case 59: // ;
      case 40: // (
      case 41: // )
        return this.#skip(text, at, base)
      default:
        return scalarHere
    }
  }

  #readKey(text: string, at: number, base: number, code: number): number {
    switch (code) {
      case 125: // }
      case 93: // ]
        if (this.#comma) this.refuse(text, at, base)
        return this.#close(text, at, base, code)
      case 92: // a backslash
        this.escaped = true
        return this.#skip(text, at, base)
      case 44: // ,
      case 58: // :
      case 59: // ;
      case 40: // (
      case 41: // )
      case 91: // [
      case 123: // {
        return this.#skip(text, at, base)
      default:
        if (code !== 34) this.refuse(text, at, base)
        return scalarHere
    }
  }

  #readColon(text: string, at: number, base: number, code: number): number {
    if (code === 58) {
      this.#state = beforeValue
      return at + 1
    }
    this.refuse(text, at, base)
    // `=` and `=>`.
    if (code === 61 || code === 62) return at + 1
    this.#state = beforeValue
    return at
  }

  #readComma(text: string, at: number, base: number, code: number): number {
    switch (code) {
      case 44: // ,
        this.#comma = true
        this.#awaitEntry()
        return at + 1
      case 125: // }
      case 93: // ]
        return this.#close(text, at, base, code)
      case 58: // :
      case 59: // ;
      case 41: // )
        return this.#skip(text, at, base)
      case 43: // +
        this.refuse(text, at, base)
        this.#joins = true
        this.#state = beforeValue
        return at + 1
      default:
        this.refuse(text, at, base)
        this.#awaitEntry()
        return at
    }
  }

  #skip(text: string, at: number, base: number): number {
    this.refuse(text, at, base)
    return at + 1
  }

  #open(isArray: boolean, start: number): void {
    this.#containers.open(isArray ? array : object)
    this.#comma = false
    this.#joins = false
    this.#awaitEntry()
    this.#sink.open(isArray, start)
  }

  /** Closes up to the innermost container of this kind; the innermost of all, if there is none. */
  #close(text: string, at: number, base: number, code: number): number {
    const kind = code === 93 ? array : object
    if (this.#containers.innermost !== kind) {
      this.refuse(text, at, base)
      while (this.#containers.has(kind) && this.#containers.innermost !== kind) this.#closeInnermost(base + at)
    }
    this.#closeInnermost(base + at + 1)
    return at + 1
  }

  #closeInnermost(end: number): void {
    if (this.#state === beforeValue && this.#containers.innermost === object && !this.#joins) this.#missing(end)
    this.#containers.close()
    this.#sink.close(end)
    this.#afterValue()
  }

  #awaitEntry(): void {
    this.#state = this.#containers.innermost === array ? beforeValue : beforeKey
  }

  #afterValue(): void {
    this.#comma = false
    this.#joins = false
    this.#state = this.#containers.innermost === noContainer ? atEnd : afterValue
  }

  key(key: string): void {
    this.#comma = false
    this.#sink.key(key)
    this.#state = afterKey
  }

  value(value: unknown, end: number): void {
    if (!this.#joins) this.#sink.scalar(value, end)
    this.#afterValue()
  }

  /** Something was read that is no value, as an ellipsis. */
  gap(): void {
    this.#afterValue()
  }

  #missing(at: number): void {
    this.#sink.begin(at)
    this.value(null, at)
  }

  /** Where JSON by the letter ends. */
  refuse(text: string, at: number, base: number): void {
    this.irregular = true
    if (this.#strict) throw new PartialJsonError(base + at, this.expected, describeCharacter(text, at))
  }
}
