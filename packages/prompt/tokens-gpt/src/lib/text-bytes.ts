import { endByte } from './character-class.ts'

/** Bytes that may be read behind the end of a text: `endByte`, and what pads a read of whole words. */
const padding = 16

/** Kept between texts; a larger one is made for each larger text, so that one of them does not hold memory for good. */
const keptSize = 1 << 20

const encoder = new TextEncoder()
let kept = new DataView(new ArrayBuffer(1 << 14))
let keptBytes = new Uint8Array(kept.buffer)

/** A text as UTF-8, lone surrogates as U+FFFD, followed by `endByte`. Good until the next text. */
export interface TextBytes {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly length: number
}

export function textBytes(text: string): TextBytes {
  const needed = text.length * 3 + padding
  let view = kept
  let bytes = keptBytes
  if (needed > bytes.length) {
    view = new DataView(new ArrayBuffer(needed))
    bytes = new Uint8Array(view.buffer)
    if (needed <= keptSize) {
      kept = view
      keptBytes = bytes
    }
  }
  const { written } = encoder.encodeInto(text, bytes)
  bytes[written] = endByte
  return { bytes, view, length: written }
}
