import { open } from 'node:fs/promises'
import type { Chunk } from './chunker.ts'
import type { Document } from './document.ts'

/** A line of the file of `ndjsonSink`. */
export type NdjsonLine =
  /** The first line: which file this is. */
  | { readonly type: 'log'; readonly id: string }
  /** Chunks of this document follow, in the place of those it had. */
  | { readonly type: 'document'; readonly document: Document }
  | { readonly type: 'chunk'; readonly chunk: Chunk }
  /** All chunks of the document came: from here on they count. */
  | { readonly type: 'complete'; readonly documentId: string; readonly chunks: number }
  | { readonly type: 'remove'; readonly documentIds: readonly string[] }

/** A line, and where it stands in the file. */
export interface PlacedLine {
  /** `undefined`: the line is no line of a log. */
  readonly line: NdjsonLine | undefined
  /** Its first byte. */
  readonly start: number
  /** Just after its `\n`. */
  readonly end: number
}

const pieceBytes = 256 * 1024

/** The lines of a log that end with `\n`, from a byte on that is the first of one. */
export async function* readLog(path: string, from = 0): AsyncGenerator<PlacedLine, void, undefined> {
  const file = await open(path, 'r')
  try {
    let position = from
    let start = from
    let begun: Buffer[] = []
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(pieceBytes), 0, pieceBytes, position)
      if (bytesRead === 0) return
      const piece = buffer.subarray(0, bytesRead)
      let lineStart = 0
      for (let feed = piece.indexOf(10); feed >= 0; feed = piece.indexOf(10, lineStart)) {
        const tail = piece.subarray(lineStart, feed)
        const end = position + feed + 1
        yield { line: parseLine(begun.length === 0 ? tail : Buffer.concat([...begun, tail])), start, end }
        begun = []
        start = end
        lineStart = feed + 1
      }
      if (lineStart < bytesRead) begun.push(piece.subarray(lineStart))
      position += bytesRead
    }
  } finally {
    await file.close()
  }
}

function parseLine(bytes: Buffer): NdjsonLine | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'object' && value !== null && 'type' in value ? (value as NdjsonLine) : undefined
  } catch {
    return undefined
  }
}
