import type { TagParser } from '../parse/template-parser.ts'
import { TextNode } from '../parse/text-node.ts'
import type { Node } from '../render/node.ts'
import { syntaxFailure } from '../render/liquid-failure.ts'

/** `raw`: its body as it stands, whatever it looks like. */
export const rawTag: TagParser = (tag, parser): Node => {
  parser.markupOf(tag).expectEnd()
  return new RawNode(tag.begin, parser.textOf(tag))
}

/** White space in it is printed even in a block that holds nothing else. */
class RawNode extends TextNode {
  override readonly isBlank: boolean

  constructor(at: number, text: string) {
    super(at, text)
    this.isBlank = text === ''
  }

  override withoutEnd(): TextNode {
    return this
  }
}

/** `comment`: prints nothing. Comments and `raw` in it have their own ends. */
export const commentTag: TagParser = (tag, parser): Node => {
  parser.skipComment(tag)
  return nothing(tag.begin)
}

/** `doc`: documentation of the template, which prints nothing. */
export const docTag: TagParser = (tag, parser): Node => {
  parser.markupOf(tag).expectEnd()
  if (/\{%-?\s*doc\b/.test(parser.textOf(tag))) throw syntaxFailure('A "doc" cannot stand in a "doc".', tag.begin)
  return nothing(tag.begin)
}

/** `#`: a comment in the tag itself; each of its lines begins with `#`. */
export const inlineCommentTag: TagParser = (tag): Node => {
  const [, ...lines] = tag.markup.split('\n').map((line) => line.trim())
  if (lines.some((line) => line !== '' && !line.startsWith('#'))) {
    throw syntaxFailure('Each line of a comment in a tag has to begin with "#".', tag.begin)
  }
  return nothing(tag.begin)
}

function nothing(at: number): Node {
  return { at, isBlank: true, render: () => undefined, visit: () => undefined }
}
