import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

/**
 * One file: eight bytes that say what it is, the length of a header, the header in JSON (what follows, by name and length), the
 * sections, and the SHA-256 of all before it.
 */
const magic = new TextEncoder().encode('EMPIDX\u0001\n')
const digestLength = 32

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
  hash.update(bytes)
  await file.writeFile(bytes)
}

/** The header and the sections of a file, or what is wrong with it. */
export function readSections(
  file: Uint8Array,
): { readonly header: Record<string, unknown>; readonly sections: ReadonlyMap<string, Uint8Array> } | string {
  if (file.byteLength < magic.length || !magic.subarray(0, 6).every((byte, at) => file[at] === byte))
    return 'it is not an index'
  if (file[6] !== magic[6]) return `it is of version ${file[6]}, this is version ${magic[6]}`
  const end = file.byteLength - digestLength
  if (end < magic.length + 4) return 'it is cut off'
  const digest = createHash('sha256').update(file.subarray(0, end)).digest()
  if (!digest.equals(file.subarray(end))) return 'its checksum does not hold'
  const length = new DataView(file.buffer, file.byteOffset + magic.length, 4).getUint32(0, true)
  let at = magic.length + 4
  const header = JSON.parse(new TextDecoder().decode(file.subarray(at, at + length))) as Record<string, unknown>
  at += length
  const sections = new Map<string, Uint8Array>()
  for (const [name, size] of header['sections'] as [string, number][]) {
    sections.set(name, file.subarray(at, at + size))
    at += size
  }
  return { header, sections }
}
