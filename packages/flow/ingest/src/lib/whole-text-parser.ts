import { collectBytes } from './collect-bytes.ts'
import { decodeText } from './decode-text.ts'
import type { Anchor, DocumentPart } from './document.ts'
import type { ParsedText } from './parsed-text.ts'
import type { Parser } from './parser.ts'

/** A parser of a format whose structure is known only when all of the text is. */
export function wholeTextParser(
  { mediaTypes, fingerprint }: Pick<Parser, 'mediaTypes' | 'fingerprint'>,
  parse: (text: string) => ParsedText,
): Parser {
  return Object.freeze({
    mediaTypes,
    fingerprint,
    async *parse({ path }, content, { signal } = {}) {
      const decoded = decodeText(path, await collectBytes(content, { path, signal }))
      const { title, text, blocks, anchors } = parse(decoded.text)
      if (blocks.length > 0) {
        yield { title, text, blocks, anchors: shifted(anchors, decoded.markBytes) } satisfies DocumentPart
      }
    },
  } satisfies Parser)
}

function shifted(anchors: readonly Anchor[], bytes: number): readonly Anchor[] {
  return bytes === 0 ? anchors : anchors.map(({ offset, line, byte }) => ({ offset, line, byte: byte + bytes }))
}
