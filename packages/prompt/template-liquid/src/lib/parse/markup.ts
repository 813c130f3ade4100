import { limitFailure, type LiquidFailure, syntaxFailure } from '../render/liquid-failure.ts'

/** What a part of markup is. */
export type MarkupKind = 'comparison' | 'string' | 'number' | 'name' | 'range' | 'sign' | 'end'

const kinds: readonly MarkupKind[] = ['comparison', 'string', 'number', 'name', 'range', 'sign']

const part =
  /\s*(?:(==|!=|<>|<=|>=|<|>)|("[^"]*"|'[^']*')|(-?\d+(?:\.\d+)?)|([\p{L}_][\p{L}\p{M}\p{N}_-]*\??)|(\.\.)|([|.:,[\]()=]))/uy

/** What a value begins with; a bracket would go on with a variable. */
const value = /\s*(?!(?:and|or|contains)\b)["'(\p{L}_\d-]/uy

/** How deeply brackets may stand in brackets. */
const deepest = 100

/** Reads what stands inside of a tag or an output, part by part. */
export class Markup {
  /** The part that comes next. */
  kind: MarkupKind = 'end'
  text = ''
  /** Where it begins and ends in the template. */
  at = 0
  end = 0
  /** Where the part before it ended. */
  lastEnd = 0
  readonly #markup: string
  readonly #offset: number
  #position = 0
  #depth = 0

  /** @param offset Where the markup begins in the template. */
  constructor(markup: string, offset: number) {
    this.#markup = markup
    this.#offset = offset
    this.next()
  }

  /** Goes on to the next part, and gives the text of the one that was there. */
  next(): string {
    const { text } = this
    this.lastEnd = this.end
    part.lastIndex = this.#position
    const match = part.exec(this.#markup)
    if (match === null) {
      const rest = this.#markup.slice(this.#position)
      const begin = this.#position + (rest.length - rest.trimStart().length)
      this.at = this.#offset + begin
      this.end = this.at
      if (begin < this.#markup.length) throw this.#strange(begin)
      this.kind = 'end'
      this.text = ''
      return text
    }
    const group = match.findIndex((found, index) => index > 0 && found !== undefined)
    this.kind = kinds[group - 1] ?? 'sign'
    this.text = match[group] ?? ''
    this.#position = part.lastIndex
    this.end = this.#offset + this.#position
    this.at = this.end - this.text.length
    return text
  }

  #strange(begin: number): LiquidFailure {
    const character = String.fromCodePoint(this.#markup.codePointAt(begin) ?? 0)
    const isQuote = character === '"' || character === "'"
    const problem = isQuote ? 'The string is not closed.' : `Unexpected character ${JSON.stringify(character)}.`
    return syntaxFailure(problem, this.#offset + begin)
  }

  /** Whether the next part is this sign or name. */
  is(text: string): boolean {
    return this.text === text && (this.kind === 'sign' || this.kind === 'name' || this.kind === 'range')
  }

  /** Goes on if the next part is this sign or name. */
  take(text: string): boolean {
    if (!this.is(text)) return false
    this.next()
    return true
  }

  /** Goes on if the next part is this name with a value behind it, and so no variable that is called so. */
  takePrefix(name: string): boolean {
    value.lastIndex = this.#position
    return this.is(name) && value.test(this.#markup) && this.take(name)
  }

  /** Goes on past this sign or name, which has to be there. */
  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(JSON.stringify(text))
  }

  /** Goes on past a name, and gives it. */
  expectName(what: string): string {
    if (this.kind !== 'name') throw this.unexpected(what)
    return this.next()
  }

  /** Fails unless all has been read. */
  expectEnd(): void {
    if (this.kind !== 'end') throw this.unexpected()
  }

  unexpected(wanted?: string): LiquidFailure {
    const found = this.kind === 'end' ? 'the end' : JSON.stringify(this.text.slice(0, 40))
    return syntaxFailure(`Unexpected ${found}${wanted === undefined ? '' : `, expected ${wanted}`}.`, this.at)
  }

  /** The text of the template from one place to another. */
  slice(begin: number, end: number): string {
    return this.#markup.slice(begin - this.#offset, end - this.#offset)
  }

  /** Reads something that may hold its like. */
  nested<Result>(read: () => Result): Result {
    if (++this.#depth > deepest) throw limitFailure('depth', this.at)
    const result = read()
    this.#depth--
    return result
  }
}
