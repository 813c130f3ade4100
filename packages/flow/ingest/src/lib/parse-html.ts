import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { firstTitle } from './first-title.ts'
import { headingTitle } from './heading-title.ts'
import { OpenElements } from './open-elements.ts'
import type { ParsedText } from './parsed-text.ts'
import { ReadableText } from './readable-text.ts'

/** Elements whose content is not for reading, or stands on every page of a site. */
const dropped = new Set(
  'script style template nav noscript svg math iframe object canvas audio video button select datalist textarea'.split(
    ' ',
  ),
)
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const blocks = new Set(
  (
    'address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header html legend li main ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/**
 * The readable text of an HTML page, with headings, lists, tables and preformatted text, and where each part came from.
 *
 * On the tokenizer, not the parser, of htmlparser2: the parser's stack of open elements takes quadratic time on deep pages.
 */
export function parseHtml(source: string): ParsedText {
  const page = new Page(source)
  const tokenizer = new Tokenizer({}, page)
  tokenizer.write(source)
  tokenizer.end()
  return page.finish()
}

class Page implements TokenizerCallbacks {
  readonly #source: string
  readonly #text: ReadableText
  readonly #open = new OpenElements()
  #dropped = 0
  #level = 0
  #title = ''
  #name = ''
  #tagStart = 0

  constructor(source: string) {
    this.#source = source
    this.#text = new ReadableText(source)
  }

  finish(): ParsedText {
    const { text, blocks: found, anchors } = this.#text.finish()
    return { title: headingTitle(this.#title) || firstTitle(found), text, blocks: found, anchors }
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#source.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
  }

  onopentagend(): void {
    const name = this.#name
    if (voids.has(name)) {
      if (this.#dropped === 0) this.#enterVoid(name)
      return
    }
    if (dropped.has(name)) this.#dropped++
    if (this.#dropped === 0 && blocks.has(name)) this.#enter(name)
    this.#open.push(name)
  }

  onselfclosingtag(): void {
    // HTML ignores the slash; inside SVG and MathML, which are dropped, it counts.
    const foreign = this.#name === 'svg' || this.#name === 'math' || this.#open.has('svg') || this.#open.has('math')
    if (!foreign) this.onopentagend()
  }

  onclosetag(start: number, end: number): void {
    for (const name of this.#open.popThrough(this.#source.slice(start, end).toLowerCase())) {
      if (dropped.has(name)) this.#dropped--
      else if (this.#dropped === 0 && blocks.has(name)) this.#leave(name)
    }
  }

  ontext(start: number, end: number): void {
    this.#write(this.#source.slice(start, end), start)
  }

  ontextentity(codePoint: number, end: number): void {
    // Its end is all that is told. No entity has a second ampersand in it.
    this.#write(String.fromCodePoint(codePoint), this.#source.lastIndexOf('&', end - 1))
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onattribdata(): void {}
  onattribentity(): void {}
  onattribend(): void {}
  onattribname(): void {}
  onend(): void {}

  #enterVoid(name: string): void {
    if (name === 'hr') this.#text.endBlock()
    if (name !== 'br') return
    if (this.#open.has('pre')) this.#text.writeVerbatim('\n', this.#tagStart)
    else this.#text.gap(this.#open.has('table') ? ' ' : '\n')
  }

  #enter(name: string): void {
    const cell = name === 'td' || name === 'th'
    if (headings.has(name) || name === 'pre' || !this.#open.has('table')) this.#text.endBlock()
    else if (name === 'tr' || name === 'table') this.#text.gap('\n')
    else this.#text.gap(cell ? ' | ' : ' ')
    if (headings.has(name)) this.#level = Number(name[1])
    if (name === 'li' && !this.#open.has('table')) this.#text.mark('- ', this.#tagStart)
  }

  #leave(name: string): void {
    if (name === 'li') this.#text.unmark()
    const heading = headings.has(name)
    if (heading) this.#level = 0
    if (heading || name === 'pre' || !this.#open.has('table')) this.#text.endBlock()
    else this.#text.gap(' ')
  }

  #write(characters: string, start: number): void {
    if (this.#dropped > 0) return
    if (this.#open.has('title')) this.#title += characters
    else if (this.#open.has('pre')) this.#text.writeVerbatim(characters, start)
    else this.#text.write(characters, start, this.#open.has('table') ? 'table' : 'text', this.#level)
  }
}
