import { closestName } from '@empire/errors'
import { parseFilteredValue } from '../expression/filtered-value.ts'
import type { FilterTable } from '../filters/filter.ts'
import type { Body, Node } from '../render/node.ts'
import { limitFailure, type LiquidFailure, syntaxFailure } from '../render/liquid-failure.ts'
import { OutputNode } from './output-node.ts'
import { Markup } from './markup.ts'
import { LineScanner, TemplateScanner, type TemplateToken, type TokenSource } from './template-scanner.ts'
import { TextNode } from './text-node.ts'

/** Makes a node of a tag; one with a body asks the parser for it. */
export type TagParser = (tag: TemplateToken, parser: TemplateParser) => Node

/** What templates may use. */
export interface Language {
  readonly tags: ReadonlyMap<string, TagParser>
  readonly filters: FilterTable
}

/** How deeply blocks may stand in blocks. */
const deepest = 100

/** Reads one template. */
export class TemplateParser {
  readonly filters: FilterTable
  readonly #tags: ReadonlyMap<string, TagParser>
  #tokens: TokenSource
  #trimsNext = false
  #depth = 0

  constructor(source: string, { tags, filters }: Language) {
    this.#tokens = new TemplateScanner(source)
    this.#tags = tags
    this.filters = filters
  }

  /** Reads all of it. */
  parse(): Body {
    const nodes: Node[] = []
    this.#read(nodes, [])
    return bodyOf(nodes)
  }

  /** What stands inside of a tag. */
  markupOf(tag: TemplateToken): Markup {
    return new Markup(tag.markup, tag.markupAt)
  }

  /** The node that prints the value in a tag. */
  outputOf(tag: TemplateToken): Node {
    const markup = this.markupOf(tag)
    return new OutputNode(tag.begin, markup.kind === 'end' ? undefined : parseFilteredValue(markup, this.filters))
  }

  /** Reads what stands between a tag and the first of the tags that may follow it, and that tag. */
  bodyOf(tag: TemplateToken, ends: readonly string[]): { body: Body; end: TemplateToken } {
    if (++this.#depth > deepest) throw limitFailure('depth', tag.begin)
    const nodes: Node[] = []
    const end = this.#read(nodes, ends)
    if (end === undefined) throw notClosed(tag)
    this.#depth--
    return { body: bodyOf(nodes), end }
  }

  /** Reads all that stands behind a tag, which must not stand in a block. */
  restOf(tag: TemplateToken): Body {
    if (this.#depth > 0) throw syntaxFailure(`"${tag.name}" cannot stand within another tag.`, tag.begin)
    return this.parse()
  }

  /** The text between a tag and the tag that ends it. */
  textOf(tag: TemplateToken): string {
    const found = this.#tokens.textUntil(`end${tag.name}`)
    if (found === undefined) throw notClosed(tag)
    this.#trimsNext = found.end.trimsAfter
    return found.text
  }

  /** Goes on behind the end of a comment. */
  skipComment(tag: TemplateToken): void {
    const end = this.#tokens.skipComment()
    if (end === undefined) throw notClosed(tag)
    this.#trimsNext = end.trimsAfter
  }

  #read(nodes: Node[], ends: readonly string[]): TemplateToken | undefined {
    for (let token = this.#tokens.next(); token !== undefined; token = this.#tokens.next()) {
      if (token.kind === 'text') {
        nodes.push(new TextNode(token.begin, this.#trimsNext ? token.markup.trimStart() : token.markup))
        this.#trimsNext = false
        continue
      }
      const last = nodes.at(-1)
      if (token.trimsBefore && last instanceof TextNode) nodes[nodes.length - 1] = last.withoutEnd()
      this.#trimsNext = token.trimsAfter
      if (token.kind === 'output') nodes.push(this.outputOf(token))
      else if (ends.includes(token.name)) return token
      else if (token.name === 'liquid') this.#readLines(token, nodes)
      else nodes.push(this.#parseTag(token))
    }
    return undefined
  }

  #readLines(tag: TemplateToken, nodes: Node[]): void {
    const outer = this.#tokens
    const trimsNext = this.#trimsNext
    if (++this.#depth > deepest) throw limitFailure('depth', tag.begin)
    this.#tokens = new LineScanner(tag.markup, tag.markupAt)
    this.#read(nodes, [])
    this.#depth--
    this.#tokens = outer
    this.#trimsNext = trimsNext
  }

  #parseTag(token: TemplateToken): Node {
    const parse = this.#tags.get(token.name)
    if (parse === undefined) throw unknownTag(token, this.#tags)
    return parse(token, this)
  }
}

function bodyOf(nodes: readonly Node[]): Body {
  return { nodes, isBlank: nodes.every((node) => node.isBlank) }
}

/** A block that holds nothing but white space and what prints nothing, prints nothing. */
export function withoutBlanks(bodies: readonly Body[]): readonly Body[] {
  if (!bodies.every(({ isBlank }) => isBlank)) return bodies
  return bodies.map(({ nodes }) => ({ nodes: nodes.filter((node) => !(node instanceof TextNode)), isBlank: true }))
}

function notClosed({ name, begin }: TemplateToken): LiquidFailure {
  return syntaxFailure(`The tag "${name}" is not closed. Close it with {% end${name} %}.`, begin)
}

const inner = new Set(['else', 'elsif', 'when'])

function unknownTag({ name, begin }: TemplateToken, tags: ReadonlyMap<string, TagParser>): LiquidFailure {
  if (name === '') return syntaxFailure('The line begins with no tag.', begin)
  if (inner.has(name) || (name.startsWith('end') && tags.has(name.slice(3)))) {
    return syntaxFailure(`The tag "${name}" has nothing to belong to.`, begin)
  }
  const closest = closestName(name, [...tags.keys(), 'liquid'])
  const hint = closest === undefined ? 'Register it in "tags".' : `Did you mean "${closest}"?`
  return syntaxFailure(`The tag "${name}" does not exist. ${hint}`, begin)
}
