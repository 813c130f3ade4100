import { isSpace } from './partial-characters.ts'
import { isQuote } from './partial-string.ts'
import { nothing } from './partial-sink.ts'
import { readBegunWord, readWord } from './partial-words.ts'

const inText = 0
const inWord = 1
const inFenceLine = 2
const inTag = 3
const inLine = 4
const inBlock = 5
const atBracket = 6

const longestWord = 1_000
const longestBracket = 64
const longestTag = 24
const thought = /^<(?:think|thinking|thoughts?|reasoning|reflection|scratchpad|analysis)>$/i
/** What a bracket in prose must look like to be that of the document; what may yet become that. */
const document =
  /^(?:\[\]|\{\s*(?:["'`“‘}]|\/[/*]|[\w$][\w$-]*\s*:)|\[\s*(?:[[{"'“‘]|\/[/*]|(?:-?\d[\d.eE+-]*|true|false|null|None|True|False)\s*,))/
const begunDocument = /^(?:\{\s*(?:\/|[\w$][\w$-]*\s*)?|\[\s*(?:\/|-?[\d.eE+-]*\s*|[A-Za-z]{1,5}\s*))$/
const smallList = /^\[\s*(?:-?\d[\d.eE+-]*|true|false|null)?\s*\]$/

/**
 * Looks for where the document begins: behind prose, fences, thoughts and comments.
 *
 * A scalar alone counts only if nothing but white space and fences stands around it.
 */
export class PartialProse {
  #state = inText
  /** Words were read that are no part of a document. */
  #prose = false
  #backticks = 0
  #word = ''
  /** What the beginning of a long word is worth. */
  #head: unknown = undefined
  #scalar: unknown = nothing
  /** The tag at which thoughts end, within them. */
  #closing = ''
  #thought = false
  /** The first list in the prose that may be no more than a reference: `[1]`. */
  #fallback: { readonly start: number; readonly text: string } | undefined
  #previous = 0
  /** A word that was all of the text so far: a string that has lost its quotes, if nothing follows. */
  #lone: string | undefined
  #isFirst = true
  /** The document begins here: with `held`, and then with the text that was not read. */
  found = false
  held = ''
  start = 0
  /** Where the scalar ended. */
  end = 0

  /** A number or literal that may be the whole document. */
  get scalar(): unknown {
    if (this.#state !== inWord) return this.#scalar
    if (this.#word.length > longestWord) return (this.#head ??= readBegunWord(this.#word.slice(0, longestWord)))
    const begun = readBegunWord(this.#word)
    return typeof begun === 'string' || /^[A-Z]/.test(this.#word) ? nothing : begun
  }

  /** Why nothing was found, once the text is at its end. */
  get reason(): 'empty' | 'prose' | 'thought' {
    if (this.#prose || this.#begun) return 'prose'
    return this.#thought ? 'thought' : 'empty'
  }

  /** Within a bracket or a tag that was not read to its end. */
  get #begun(): boolean {
    return this.#closing === '' && (this.#state === inTag || this.#state === atBracket)
  }

  /**
   * The text is at its end: what it holds, if that is one scalar, or `nothing`. A small list that looked like a reference in
   * the prose is found now, if there was nothing else.
   */
  finish(): unknown {
    if (this.#state === inWord) this.#endWord()
    if (this.#scalar === nothing && this.#lone !== undefined) this.#scalar = this.#lone
    if (this.#scalar === nothing && this.#fallback !== undefined) {
      this.found = true
      this.held = this.#fallback.text
      this.start = this.#fallback.start
    }
    return this.#scalar
  }

  /** Reads on from `index`, and gives the index behind what it has read. */
  read(text: string, index: number, base: number): number {
    let at = index
    while (at < text.length && !this.found) at = this.#step(text, at, base)
    return at
  }

  #step(text: string, at: number, base: number): number {
    const code = text.charCodeAt(at)
    switch (this.#state) {
      case inWord:
        return this.#readWord(text, at, base)
      case inTag:
        return this.#readTag(text, at, code)
      case atBracket:
        return this.#readBracket(text, at)
      case inFenceLine:
        if (code === 10 || code === 123 || code === 91) this.#state = inText
        return code === 123 || code === 91 ? at : at + 1
      case inLine:
        if (code === 10) this.#state = inText
        return at + 1
      case inBlock:
        if (code === 47 && this.#previous === 42) this.#state = inText
        this.#previous = this.#state === inText ? 0 : code
        return at + 1
      default:
        return this.#readText(text, at, code, base)
    }
  }

  #readText(text: string, at: number, code: number, base: number): number {
    const previous = this.#previous
    this.#previous = code
    if (code === 96) {
      if (++this.#backticks === 3) this.#beginFence()
      return at + 1
    }
    if (this.#backticks > 0) {
      this.#backticks = 0
      this.#prose = true
    }
    if (isSpace(code)) return at + 1
    if (this.#lone !== undefined) {
      this.#lone = undefined
      this.#isFirst = false
    }
    const plain = !this.#prose && this.#scalar === nothing
    if (code === 123 || code === 91) {
      this.start = base + at
      if (plain) {
        this.found = true
        return at
      }
      this.#state = atBracket
      this.held = ''
      return at
    }
    if (code === 60) {
      this.#state = inTag
      this.#word = ''
      return at
    }
    if (!plain) return at + 1
    if (previous === 47 && (code === 47 || code === 42)) {
      this.#state = code === 47 ? inLine : inBlock
      this.#previous = 0
      return at + 1
    }
    return this.#readPlain(text, at, code, base)
  }

  #beginFence(): void {
    this.#isFirst = false
    this.#lone = undefined
    this.#backticks = 0
    this.#state = inFenceLine
    if (this.#scalar === nothing) this.#prose = false
  }

  /** What may be the document although it is no container. */
  #readPlain(text: string, at: number, code: number, base: number): number {
    this.start = base + at
    if (isQuote(code)) {
      this.found = true
      return at
    }
    if (code === 35) this.#state = inLine
    else if (isWordCharacter(code)) {
      this.#state = inWord
      this.#word = ''
      return at
    } else if (code !== 47) this.#prose = true
    this.#isFirst = false
    return at + 1
  }

  #readWord(text: string, at: number, base: number): number {
    let end = at
    while (end < text.length && isWordCharacter(text.charCodeAt(end))) end++
    this.#word += text.slice(at, end)
    this.end = base + end
    if (end === text.length) return end
    const code = text.charCodeAt(end)
    this.#state = inText
    if (isSpace(code) || code === 96) this.#endWord()
    else this.#prose = true
    return end
  }

  #endWord(): void {
    this.#state = inText
    this.#scalar = readWord(this.#word)
    if (this.#scalar !== nothing) return
    if (this.#isFirst && /^[\w.+-]{1,64}$/.test(this.#word) && /^\w.*[^.]$|^\w$/.test(this.#word))
      this.#lone = this.#word
    this.#prose = true
  }

  #readTag(text: string, at: number, code: number): number {
    const inside = this.#closing !== ''
    if (code === 60 && this.#word !== '') this.#word = '<'
    else if (this.#word !== '' || code === 60) this.#word += text[at] as string
    if (this.#word.length > longestTag) this.#word = ''
    const tag = code === 62 ? this.#word : ''
    if (code === 62) this.#word = ''
    if (inside) {
      if (tag.toLowerCase() === this.#closing) {
        this.#closing = ''
        this.#state = inText
      }
      return at + 1
    }
    if (thought.test(tag)) {
      this.#thought = true
      this.#closing = `</${tag.slice(1)}`.toLowerCase()
    } else if (this.#word === '') {
      // Some other tag, or a sign of less: words like any others.
      this.#state = inText
      this.#prose = true
    } else if (code === 123 || code === 91) {
      this.#state = inText
      this.#prose = true
      this.#word = ''
      return at
    }
    return at + 1
  }

  #readBracket(text: string, at: number): number {
    this.held += text[at] as string
    if (document.test(this.held)) this.found = true
    else if (this.held.length > longestBracket || !begunDocument.test(this.held)) {
      if (this.#fallback === undefined && smallList.test(this.held))
        this.#fallback = { start: this.start, text: this.held }
      this.held = ''
      this.#state = inText
      const code = text.charCodeAt(at)
      // The character that showed that it is none may begin the document itself.
      if (code === 123 || code === 91) return at
    }
    return at + 1
  }
}

function isWordCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 43 ||
    code === 45 ||
    code === 46 ||
    code === 95
  )
}
