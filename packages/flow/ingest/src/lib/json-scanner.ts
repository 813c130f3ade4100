/** A token of a JSON text: a mark by itself, `end` at the end of the text. */
export interface JsonToken {
  kind: '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'number' | 'word' | 'end'
  start: number
  end: number
}

/** What a JSON text should have had at some place. */
export class JsonSyntaxError extends Error {
  readonly offset: number

  constructor(expected: string, text: string, offset: number, end: number) {
    const found = offset >= end ? 'the end' : JSON.stringify(String.fromCodePoint(text.codePointAt(offset)!))
    super(`expected ${expected}, got ${found}`)
    this.offset = offset
  }
}

const quote = 0x22
const backslash = 0x5c
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const words = new Set(['true', 'false', 'null'])

/** Reads tokens one after the other. Comments are passed over, as configuration files have them. */
export class JsonScanner {
  readonly text: string
  /** The token that was read last; the same object for all. */
  readonly token: JsonToken = { kind: 'end', start: 0, end: 0 }
  readonly #end: number

  constructor(text: string, start = 0, end: number = text.length) {
    this.text = text
    this.#end = end
    this.token.end = start
  }

  /** @throws JsonSyntaxError */
  next(): JsonToken {
    const { text, token } = this
    const start = this.#skipSpace(token.end)
    token.start = start
    if (start >= this.#end) {
      token.kind = 'end'
      token.end = this.#end
      return token
    }
    const character = text[start]!
    if ('{}[],:'.includes(character)) {
      token.kind = character as ',' | ':'
      token.end = start + 1
    } else if (character === '"') {
      token.kind = 'string'
      token.end = this.#endOfString(start)
    } else {
      token.end = this.#endOfWord(start)
      const word = text.slice(start, token.end)
      if (words.has(word)) token.kind = 'word'
      else if (numberForm.test(word)) token.kind = 'number'
      else throw new JsonSyntaxError('a value', text, start, this.#end)
    }
    return token
  }

  /** The error for the token that was read last. */
  unexpected(expected: string): JsonSyntaxError {
    return new JsonSyntaxError(expected, this.text, this.token.start, this.#end)
  }

  /** What the value that was read last says: a string without its quotes and escapes, anything else as it is written. */
  get value(): string {
    const { kind, start, end } = this.token
    const written = this.text.slice(start, end)
    if (kind !== 'string') return written
    if (!written.includes('\\')) return written.slice(1, -1)
    try {
      return (JSON.parse(written) as string).toWellFormed().replaceAll('\0', '\ufffd')
    } catch {
      throw new JsonSyntaxError('a string with valid escapes', this.text, start, this.#end)
    }
  }

  #skipSpace(from: number): number {
    const { text } = this
    let index = from
    for (;;) {
      const unit = text.charCodeAt(index)
      if (index >= this.#end) return this.#end
      if (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) index++
      else if (unit !== 0x2f) return index
      else index = this.#endOfComment(index)
    }
  }

  #endOfComment(start: number): number {
    const line = this.text[start + 1] === '/'
    if (!line && this.text[start + 1] !== '*') throw new JsonSyntaxError('a value', this.text, start, this.#end)
    const close = this.text.indexOf(line ? '\n' : '*/', start + 2)
    if (close >= 0 && close < this.#end) return line ? close : close + 2
    if (line) return this.#end
    throw new JsonSyntaxError('the end of the comment', this.text, this.#end, this.#end)
  }

  #endOfString(start: number): number {
    for (let index = start + 1; index < this.#end; index++) {
      const unit = this.text.charCodeAt(index)
      if (unit === quote) return index + 1
      if (unit === backslash) index++
      else if (unit < 0x20)
        throw new JsonSyntaxError('a string without line breaks and control characters', this.text, index, this.#end)
    }
    throw new JsonSyntaxError('the end of the string', this.text, this.#end, this.#end)
  }

  #endOfWord(start: number): number {
    let index = start
    while (index < this.#end && !' \n\r\t{}[],:"/'.includes(this.text[index]!)) index++
    return Math.max(index, start + 1)
  }
}
