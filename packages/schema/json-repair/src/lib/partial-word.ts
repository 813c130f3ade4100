import { isSpace, plainCode } from './partial-characters.ts'
import { nothing } from './partial-sink.ts'
import { isEllipsis, readBegunWord, readWord } from './partial-words.ts'

/** Of a longer word it is known whether it is a number. */
const longestHead = 1_000
const identifier = /^[A-Za-z_$][\w.$]*$/
const begunOfJson =
  /^(?:-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d*)?)?|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/
/** What Python and others write before a quote. */
const stringPrefix = /^[bBfFrRuU]{1,2}$/

/** Reads one unquoted word or phrase after the other, in pieces: numbers, literals, and strings that lack their quotes. */
export class PartialWord {
  #isKey = false
  /** Without white space at its end, which is in `#gap`. */
  #text = ''
  #gap = ''
  /** It holds what no number or literal holds. */
  #phrase = false
  /** What its beginning is worth, if it is long. */
  #head: unknown = undefined
  #ended = true

  get isKey(): boolean {
    return this.#isKey
  }

  get ended(): boolean {
    return this.#ended
  }

  begin(isKey: boolean): void {
    this.#isKey = isKey
    this.#text = ''
    this.#gap = ''
    this.#phrase = false
    this.#head = undefined
    this.#ended = false
  }

  /** Reads on from `index`, and gives the index of what ends it. */
  read(text: string, index: number): number {
    let at = index
    while (at < text.length) {
      const begin = at
      for (; at < text.length && isPlain(text.charCodeAt(at)); at++);
      if (at > begin) this.#append(text.slice(begin, at))
      if (at === text.length) break
      const code = text.charCodeAt(at)
      if (this.#text !== '' && this.#isEnd(code)) {
        this.#ended = true
        break
      }
      if (isSpace(code)) this.#gap += text[at] as string
      else {
        this.#append(text[at] as string)
        if (code !== 43) this.#phrase = true
      }
      at++
    }
    return at
  }

  #append(part: string): void {
    if (this.#gap !== '') {
      this.#phrase = true
      this.#text += this.#gap
      this.#gap = ''
    }
    this.#text += part
  }

  #isEnd(code: number): boolean {
    switch (plainCode(code)) {
      case 44: // ,
      case 93: // ]
      case 125: // }
      case 10: // a new line
        return true
      case 58: // :
      case 61: // =
        return this.#isKey
      case 34: // "
        return this.#isKey || this.#isValue() || stringPrefix.test(this.#short())
      case 39: // '
        return stringPrefix.test(this.#short())
      case 40: // (
        return !this.#isKey && identifier.test(this.#short())
      case 47: // /, but not that of a date
        return this.#gap !== ''
      case 35: // #
        return this.#gap !== '' || this.#isValue()
      case 91: // [
      case 123: // {
        return this.#isKey || this.#isValue()
      case 59: // ;
      case 41: // )
        return this.#isValue()
      default:
        return isSpace(code) && !this.#isKey && this.#isValue()
    }
  }

  /** A number or a literal ends where a phrase would go on. */
  #isValue(): boolean {
    return !this.#phrase && this.#gap === '' && !this.#isKey && readWord(this.#text) !== nothing
  }

  /** The word, if it is one that is short. */
  #short(): string {
    return this.#phrase || this.#gap !== '' || this.#text.length > 100 ? '' : this.#text
  }

  /** Whether it is, or may become, a number or a literal of JSON by the letter. */
  get isRegular(): boolean {
    return !this.#isKey && begunOfJson.test(this.#text)
  }

  /** Whether what was read only leads to what stands behind it: `b'…'`, `ObjectId(…)`. */
  leadsTo(code: number): boolean {
    if (code === 40) return identifier.test(this.#short())
    return (code === 34 || code === 39) && stringPrefix.test(this.#short())
  }

  /** Of white space behind it that was read too. */
  get gapLength(): number {
    return this.#gap.length
  }

  get text(): string {
    return this.#text
  }

  /** What it is worth, or `nothing` for an ellipsis. */
  get value(): unknown {
    const value = this.#phrase ? nothing : readWord(this.#text)
    if (value !== nothing) return value
    return isEllipsis(this.#text) ? nothing : this.#unquoted()
  }

  /** A quote at the end alone is that of a string whose first one is missing. */
  #unquoted(): string {
    const text = this.#text
    return /["']$/.test(text) && text.search(/["']/) === text.length - 1 ? text.slice(0, -1) : text
  }

  /** What can be shown of it while it may go on. */
  get begun(): unknown {
    if (this.#phrase && this.#text.length > 1) return this.#text
    if (this.#text.length <= longestHead) return readBegunWord(this.#text)
    this.#head ??= readBegunWord(this.#text.slice(0, longestHead))
    return typeof this.#head === 'string' ? this.#text : this.#head
  }
}

/** Nothing that could end a word. */
function isPlain(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 46 ||
    code === 45 ||
    code === 95
  )
}
