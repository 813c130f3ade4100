import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import type { Range } from './chunker.ts'
import { firstTitle } from './first-title.ts'
import { headingTitle } from './heading-title.ts'
import { type OpenElement, OpenElements } from './open-elements.ts'
import type { ParsedText, SourceText } from './parsed-text.ts'
import { ReadableText } from './readable-text.ts'

/** Elements whose content is not for reading, or stands on every page of a site. */
const dropped = new Set(
  'script style template nav noscript svg math iframe object canvas audio video button select datalist textarea'.split(
    ' ',
  ),
)
/** Landmarks by role that stand on every page of a site. */
const droppedRoles = new Set(['navigation', 'contentinfo', 'search'])
/** A footer in one of these is its own, not that of the site. */
const sections = ['main', 'article', 'section', 'blockquote', 'td']
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const blocks = new Set(
  (
    'address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 ' +
    'h5 h6 header html legend li main ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)
const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/**
 * The readable text of an HTML page: of what is marked as its main part, if anything is, without menus and footers. With headings, lists, tables and preformatted text, and where each part came from.
 *
 * On the tokenizer, not the parser, of htmlparser2: the parser's stack of open elements takes quadratic time on deep pages.
 */
export function parseHtml(source: SourceText): ParsedText {
  const page = new Page(source)
  const tokenizer = new Tokenizer({}, page)
  tokenizer.write(source.text)
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
  #attribute = ''
  #role = ''
  #ariaHidden = false
  /** How many blocks there were when the main part began, and which blocks are of main parts. */
  #mainDepth = 0
  #mainStart = 0
  readonly #mains: Range[] = []

  constructor(source: SourceText) {
    this.#source = source.text
    this.#text = new ReadableText(source)
  }

  finish(): ParsedText {
    if (this.#mainDepth > 0) this.#mains.push({ start: this.#mainStart, end: this.#text.endBlock() })
    const { text, blocks: all, anchors } = this.#text.finish()
    const main = this.#mains.flatMap(({ start, end }) => all.slice(start, end))
    const found = main.length > 0 ? main : all
    return { title: headingTitle(this.#title) || firstTitle(found) || firstTitle(all), text, blocks: found, anchors }
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#source.slice(start, end).toLowerCase()
    this.#tagStart = start - 1
    this.#role = ''
    this.#ariaHidden = false
  }

  onattribname(start: number, end: number): void {
    this.#attribute = end - start > 20 ? '' : this.#source.slice(start, end).toLowerCase()
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute === 'role')
      this.#role = this.#source
        .slice(start, Math.min(end, start + 40))
        .trim()
        .toLowerCase()
    if (this.#attribute === 'aria-hidden') this.#ariaHidden = this.#source.slice(start, end) === 'true'
  }

  onopentagend(): void {
    const name = this.#name
    if (voids.has(name)) {
      if (this.#dropped === 0) this.#enterVoid(name)
      return
    }
    const element = { name, dropped: this.#isDropped(name), main: name === 'main' || this.#role === 'main' }
    if (element.dropped) this.#dropped++
    if (this.#dropped === 0 && blocks.has(name)) this.#enter(name)
    if (element.main && this.#mainDepth++ === 0) this.#mainStart = this.#text.endBlock()
    this.#open.push(element)
  }

  onselfclosingtag(): void {
    // HTML ignores the slash; inside SVG and MathML, which are dropped, it counts.
    const foreign = this.#name === 'svg' || this.#name === 'math' || this.#open.has('svg') || this.#open.has('math')
    if (!foreign) this.onopentagend()
  }

  onclosetag(start: number, end: number): void {
    this.#close(this.#open.popThrough(this.#source.slice(start, end).toLowerCase()))
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
  onattribentity(): void {}
  onattribend(): void {}
  onend(): void {}

  #isDropped(name: string): boolean {
    if (dropped.has(name) || this.#ariaHidden || droppedRoles.has(this.#role)) return true
    return name === 'footer' && !sections.some((section) => this.#open.has(section))
  }

  #close(elements: readonly OpenElement[]): void {
    for (const { name, dropped: isDropped, main } of elements) {
      if (isDropped) this.#dropped--
      else if (this.#dropped === 0 && blocks.has(name)) this.#leave(name)
      if (main && --this.#mainDepth === 0) this.#mains.push({ start: this.#mainStart, end: this.#text.endBlock() })
    }
  }

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
