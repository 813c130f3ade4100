import { createReadStream } from 'node:fs'
import { hashText } from './content-hash.ts'
import { parseLine } from './record-line.ts'
import type { StoredDamage, StoredStep } from './record-store.ts'

const lineFeed = 0x0a
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The steps in the first `size` bytes of a file of JSON lines, each with its place; of a file that does not exist, none. */
export async function* readRecordFile(
  path: string,
  size = Number.POSITIVE_INFINITY,
): AsyncGenerator<StoredStep | StoredDamage> {
  if (size === 0) return
  let line = 1
  let offset = 0
  for await (const { bytes, isEnded } of readLines(path, size)) {
    const place = `line ${line} (byte ${offset})`
    const stored = parseBytes(bytes, place)
    yield isEnded || isIntact(stored)
      ? stored
      : { place, damage: 'the last line was cut off while it was written', torn: { offset, bytes: bytes.length } }
    offset += bytes.length + 1
    line++
  }
}

function parseBytes(bytes: Uint8Array, place: string): StoredStep | StoredDamage {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return { place, damage: 'the line was changed: it is not UTF-8' }
  }
  return parseLine(text, place)
}

/** Only its line feed is missing, as after an editor that removes it. */
function isIntact(stored: StoredStep | StoredDamage): boolean {
  return 'text' in stored && hashText(stored.text) === stored.hash
}

async function* readLines(path: string, size: number): AsyncGenerator<{ bytes: Uint8Array; isEnded: boolean }> {
  let parts: Uint8Array[] = []
  for await (const chunk of readChunks(path, size)) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      yield { bytes: Buffer.concat([...parts, chunk.subarray(start, end)]), isEnded: true }
      parts = []
      start = end + 1
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), isEnded: false }
}

async function* readChunks(path: string, size: number): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { end: size - 1, highWaterMark: 2 ** 18 }) as AsyncIterable<Buffer>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
