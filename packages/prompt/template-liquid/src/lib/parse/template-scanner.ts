import { syntaxFailure } from '../render/liquid-failure.ts'

/** A piece of a template: text as it is, `{{ … }}` or `{% … %}`. */
export interface TemplateToken {
  readonly kind: 'text' | 'output' | 'tag'
  /** Where it begins and ends, counted from 0 in UTF-16 units. */
  readonly begin: number
  readonly end: number
  /** The name of a tag. */
  readonly name: string
  /** What stands inside the delimiters, behind the name of a tag; the text itself. */
  readonly markup: string
  /** Where the markup begins. */
  readonly markupAt: number
  /** Whether white space before it goes, and behind it. */
  readonly trimsBefore: boolean
  readonly trimsAfter: boolean
}

/** Where the parser takes its tokens from: a template, or the lines of a `liquid` tag. */
export interface TokenSource {
  next(): TemplateToken | undefined
  /** The text up to the tag of this name, and that tag. What looks like a tag in between is text. */
  textUntil(name: string): { text: string; end: TemplateToken } | undefined
  /** The tag that ends a comment; those in it have ends of their own. */
  skipComment(): TemplateToken | undefined
}

const tagPattern = /\s*(#|[\p{L}\p{N}_]+)\s*/uy

/** Splits a template into tokens, in one pass. */
export class TemplateScanner implements TokenSource {
  readonly source: string
  #position = 0
  /** A quote that is not there is looked for once, not once for each output. */
  readonly #absentQuotes = new Set<string>()

  constructor(source: string) {
    this.source = source
  }

  next(): TemplateToken | undefined {
    const { source } = this
    const begin = this.#position
    if (begin >= source.length) return undefined
    const second = source[begin] === '{' ? source[begin + 1] : undefined
    if (second === '{') return this.#delimited('output', begin, this.#outputEnd(begin))
    if (second === '%') return this.#delimited('tag', begin, source.indexOf('%}', begin + 2))
    let end = source.indexOf('{', begin + 1)
    while (end !== -1 && source[end + 1] !== '{' && source[end + 1] !== '%') end = source.indexOf('{', end + 1)
    if (end === -1) end = source.length
    this.#position = end
    const markup = source.slice(begin, end)
    return { kind: 'text', begin, end, name: '', markup, markupAt: begin, trimsBefore: false, trimsAfter: false }
  }

  textUntil(name: string): { text: string; end: TemplateToken } | undefined {
    const { source } = this
    const begin = this.#position
    const pattern = new RegExp(`\\{%-?\\s*${name}\\b`, 'g')
    pattern.lastIndex = begin
    const match = pattern.exec(source)
    if (match === null) return undefined
    this.#position = match.index
    const end = this.next()
    return end && { text: source.slice(begin, match.index), end }
  }

  skipComment(): TemplateToken | undefined {
    const pattern = /\{%-?\s*(comment|endcomment|raw)\b/g
    for (let depth = 1; ;) {
      pattern.lastIndex = this.#position
      const match = pattern.exec(this.source)
      if (match === null) return undefined
      this.#position = match.index
      const tag = this.next()
      if (match[1] === 'endcomment' && --depth === 0) return tag
      if (match[1] === 'comment') depth++
      if (match[1] === 'raw' && this.textUntil('endraw') === undefined) return undefined
    }
  }

  #delimited(kind: 'output' | 'tag', begin: number, close: number): TemplateToken {
    const { source } = this
    if (close === -1) {
      const [what, end] = kind === 'tag' ? ['tag', '%}'] : ['output', '}}']
      throw syntaxFailure(`The ${what} is not closed. Close it with "${end}".`, begin)
    }
    const trimsBefore = source[begin + 2] === '-'
    let markupAt = begin + (trimsBefore ? 3 : 2)
    const trimsAfter = source[close - 1] === '-' && close - 1 >= markupAt
    const markupEnd = trimsAfter ? close - 1 : close
    let name = ''
    if (kind === 'tag') {
      tagPattern.lastIndex = markupAt
      const match = tagPattern.exec(source)
      if (match?.[1] === undefined || markupAt + match[0].trimEnd().length > markupEnd) {
        throw syntaxFailure('The tag has no name.', begin)
      }
      name = match[1]
      markupAt = Math.min(markupAt + match[0].length, markupEnd)
    }
    const end = close + 2
    this.#position = end
    return { kind, begin, end, name, markup: source.slice(markupAt, markupEnd), markupAt, trimsBefore, trimsAfter }
  }

  /** Braces inside of quotes end nothing: `{{ '}}' }}`. */
  #outputEnd(begin: number): number {
    const { source } = this
    for (let index = begin + 2; index < source.length; index++) {
      const character = source[index] ?? ''
      if (character === '}' && source[index + 1] === '}') return index
      if ((character !== '"' && character !== "'") || this.#absentQuotes.has(character)) continue
      const close = source.indexOf(character, index + 1)
      if (close === -1) this.#absentQuotes.add(character)
      else index = close
    }
    return -1
  }
}

/** Splits the markup of a `liquid` tag into one tag for each line. */
export class LineScanner implements TokenSource {
  readonly #markup: string
  readonly #at: number
  #position = 0

  /** @param at Where the markup begins in the template. */
  constructor(markup: string, at: number) {
    this.#markup = markup
    this.#at = at
  }

  next(): TemplateToken | undefined {
    while (this.#position < this.#markup.length) {
      const start = this.#position
      const newline = this.#markup.indexOf('\n', start)
      const stop = newline === -1 ? this.#markup.length : newline
      this.#position = stop + 1
      const line = this.#markup.slice(start, stop)
      if (line.trim() === '') continue
      tagPattern.lastIndex = 0
      const match = tagPattern.exec(line)
      const begin = this.#at + start + (line.length - line.trimStart().length)
      const end = this.#at + stop
      const behind = match?.[0].length ?? 0
      const markupAt = this.#at + start + behind
      const markup = line.slice(behind)
      return {
        kind: 'tag',
        begin,
        end,
        name: match?.[1] ?? '',
        markup,
        markupAt,
        trimsBefore: false,
        trimsAfter: false,
      }
    }
    return undefined
  }
  /** Lines have no text in them. */
  textUntil(): undefined {
    return undefined
  }

  skipComment(): TemplateToken | undefined {
    let depth = 1
    for (let line = this.next(); line !== undefined; line = this.next()) {
      if (line.name === 'comment') depth++
      if (line.name === 'endcomment' && --depth === 0) return line
    }
    return undefined
  }
}
