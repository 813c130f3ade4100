import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
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
  const damage = size === 0 ? undefined : await describeUnreadable(path)
  if (damage !== undefined) yield { place: 'the file', damage }
  if (size === 0 || damage !== undefined) return
  let line = 1
  let offset = 0
  for await (const { bytes, isEnded } of readLines(path, size)) {
    const place = `line ${line} (byte ${offset})`
    const stored = parseBytes(bytes, place)
    if (isEnded || isIntact(stored)) yield stored
    // Nothing is written behind a step but its line feed: this is none that was cut off.
    else if (isIntact(parseBytes(bytes.subarray(0, -1), place))) {
      yield { place, damage: 'the line was changed: its line feed is another byte' }
    } else
      yield { place, damage: 'the last line was cut off while it was written', torn: { offset, bytes: bytes.length } }
    offset += bytes.length + 1
    line++
  }
}

/** A device may be read without end, and a folder not at all. */
async function describeUnreadable(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? undefined : 'it is no file that a record can be read from'
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? undefined : `it cannot be read: ${message}`
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
