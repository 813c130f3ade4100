import type { Block, DocumentPart } from './document.ts'
import type { Parser } from './parser.ts'
import { partEncoding } from './part-encoding.ts'
import { readText } from './read-text.ts'

/** A parser of texts that can be read in stretches between blank lines. */
export function blockwiseParser(
  { mediaTypes, fingerprint }: Pick<Parser, 'mediaTypes' | 'fingerprint'>,
  parse: (text: string) => Block[],
): Parser {
  return Object.freeze({
    mediaTypes,
    fingerprint,
    async *parse({ path }, content, { signal } = {}) {
      for await (const block of readText(path, content, { end: 'paragraph', signal })) {
        const { text, anchors } = block
        const blocks = parse(text)
        if (blocks.length > 0) yield { text, blocks, anchors, ...partEncoding(block) } satisfies DocumentPart
      }
    },
  } satisfies Parser)
}
