import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/**
 * One file: eight bytes that say what it is, the length of a header, the header in JSON (what follows, by name and length), the
 * sections, and the SHA-256 of all before it.
 */
const magic = new TextEncoder().encode('EMPIDX\u0001\n')
const digestLength = 32
/** Bytes that are read, written and hashed at a time: neither calls nor hashes take more than 2 GB at once. */
const stretch = 1 << 24

/** The parts of a file, by name, each as it comes. */
export interface Section {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Writes sections, with a checksum at the end. They are made one at a time. */
export async function writeSections(
  file: FileHandle,
  header: object,
  sections: () => Iterable<Section>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const list = Array.from(sections(), ({ name, bytes }) => [name, bytes.byteLength] as const)
  const head = new TextEncoder().encode(JSON.stringify({ ...header, sections: list }))
  const hash = createHash('sha256')
  await writeHashed(file, hash, magic)
  await writeHashed(file, hash, new Uint8Array(Uint32Array.of(head.byteLength).buffer))
  await writeHashed(file, hash, head)
  for (const { bytes } of sections()) {
    signal?.throwIfAborted()
    await writeHashed(file, hash, bytes)
  }
  await file.writeFile(hash.digest())
}

async function writeHashed(file: FileHandle, hash: Hash, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; at += stretch) {
    const part = bytes.subarray(at, at + stretch)
    hash.update(part)
    await file.writeFile(part)
  }
}

/** The header and the sections of a file, each in memory of its own, or what is wrong with it. */
export async function readSections(
  file: FileHandle,
  signal: AbortSignal | undefined,
): Promise<{ readonly header: Record<string, unknown>; readonly sections: ReadonlyMap<string, ArrayBuffer> } | string> {
  const { size } = await file.stat()
  const start = await readAt(file, 0, Math.min(size, magic.length + 4), signal)
  if (start.length < magic.length || !magic.subarray(0, 6).every((byte, at) => start[at] === byte))
    return 'it is not an index'
  if (start[6] !== magic[6]) return `it is of version ${start[6]}, this is version ${magic[6]}`
  const end = size - digestLength
  if (end < magic.length + 4) return 'it is cut off'
  const hash = createHash('sha256')
  for (let at = 0; at < end; at += stretch) {
    hash.update(await readAt(file, at, Math.min(stretch, end - at), signal))
  }
  if (!hash.digest().equals(await readAt(file, end, digestLength, signal))) return 'its checksum does not hold'
  let at = magic.length + 4
  const length = new DataView(start.buffer, magic.length, 4).getUint32(0, true)
  const head = new TextDecoder().decode(await readAt(file, at, length, signal))
  const header = JSON.parse(head) as Record<string, unknown>
  at += length
  const sections = new Map<string, ArrayBuffer>()
  for (const [name, bytes] of header['sections'] as [string, number][]) {
    sections.set(name, (await readAt(file, at, bytes, signal)).buffer)
    at += bytes
  }
  return { header, sections }
}

/** As many bytes of a file, by a stretch at a time: one call reads at most 2 GB. */
async function readAt(
  file: FileHandle,
  from: number,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let read = 0
  while (read < length) {
    signal?.throwIfAborted()
    const { bytesRead } = await file.read(bytes, read, Math.min(stretch, length - read), from + read)
    if (bytesRead === 0) throw new Error(`The file ended at ${from + read} bytes while it was read.`)
    read += bytesRead
  }
  return bytes
}
